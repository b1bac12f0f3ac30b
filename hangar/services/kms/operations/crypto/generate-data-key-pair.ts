// Makes a key pair: the private key plain, and encrypted under a key. https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPair.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { GenerateDataKeyPairInput, GenerateDataKeyPairOutput } from "../../../../models/kms.d.ts";
import { dataKeyPair } from "../../rules/data-key-pair.ts";
import { operation } from "../../store.ts";

export const generateDataKeyPair = operation<GenerateDataKeyPairInput, GenerateDataKeyPairOutput>(
  async (input, context) => {
    if (input.Recipient !== undefined) throw notEmulated("Nitro Enclaves (Recipient)");
    const { key, plaintext, ciphertext, publicKey } = await dataKeyPair(context, input, "GenerateDataKeyPair");
    return {
      KeyId: key.arn,
      KeyPairSpec: input.KeyPairSpec,
      PrivateKeyPlaintext: plaintext,
      PrivateKeyCiphertextBlob: ciphertext,
      PublicKey: publicKey,
    };
  },
);
