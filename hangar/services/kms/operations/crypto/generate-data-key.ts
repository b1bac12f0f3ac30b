// Makes a data key: plain, and encrypted under a key. https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { GenerateDataKeyInput, GenerateDataKeyOutput } from "../../../../models/kms.d.ts";
import { dataKey } from "../../rules/encryption.ts";
import { operation } from "../../store.ts";

export const generateDataKey = operation<GenerateDataKeyInput, GenerateDataKeyOutput>((input, context) => {
  if (input.Recipient !== undefined) throw notEmulated("Nitro Enclaves (Recipient)");
  const { key, plaintext, ciphertext } = dataKey(context, input, "GenerateDataKey");
  return { KeyId: key.arn, Plaintext: plaintext, CiphertextBlob: ciphertext };
});
