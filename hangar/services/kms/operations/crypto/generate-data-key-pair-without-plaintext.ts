// Makes a key pair whose private key is given only encrypted. https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPairWithoutPlaintext.html

import type {
  GenerateDataKeyPairWithoutPlaintextInput,
  GenerateDataKeyPairWithoutPlaintextOutput,
} from "../../../../models/kms.d.ts";
import { dataKeyPair } from "../../rules/data-key-pair.ts";
import { operation } from "../../store.ts";

export const generateDataKeyPairWithoutPlaintext = operation<
  GenerateDataKeyPairWithoutPlaintextInput,
  GenerateDataKeyPairWithoutPlaintextOutput
>(async (input, context) => {
  const { key, ciphertext, publicKey } = await dataKeyPair(context, input, "GenerateDataKeyPairWithoutPlaintext");
  return { KeyId: key.arn, KeyPairSpec: input.KeyPairSpec, PrivateKeyCiphertextBlob: ciphertext, PublicKey: publicKey };
});
