// Makes a data key that is given only encrypted. https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyWithoutPlaintext.html

import type {
  GenerateDataKeyWithoutPlaintextInput,
  GenerateDataKeyWithoutPlaintextOutput,
} from "../../../../models/kms.d.ts";
import { dataKey } from "../../rules/encryption.ts";
import { operation } from "../../store.ts";

export const generateDataKeyWithoutPlaintext = operation<
  GenerateDataKeyWithoutPlaintextInput,
  GenerateDataKeyWithoutPlaintextOutput
>((input, context) => {
  const { key, ciphertext } = dataKey(context, input, "GenerateDataKeyWithoutPlaintext");
  return { KeyId: key.arn, CiphertextBlob: ciphertext };
});
