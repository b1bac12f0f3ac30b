// Gives random bytes. https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { GenerateRandomInput, GenerateRandomOutput } from "../../../../models/kms.d.ts";
import { validationException } from "../../errors.ts";
import { operation } from "../../store.ts";

export const generateRandom = operation<GenerateRandomInput, GenerateRandomOutput>((input, context) => {
  if (input.CustomKeyStoreId !== undefined) throw notEmulated("custom key stores (CustomKeyStoreId)");
  if (input.NumberOfBytes === undefined) throw validationException("NumberOfBytes is required.");
  return { Plaintext: context.ids.bytes(input.NumberOfBytes) };
});
