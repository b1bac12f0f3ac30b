// Encrypts up to 4096 bytes. https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html

import type { EncryptInput, EncryptOutput } from "../../../../models/kms.d.ts";
import { dryRun } from "../../errors.ts";
import { encrypted } from "../../rules/encryption.ts";
import { usableKey } from "../../rules/find-key.ts";
import { operation } from "../../store.ts";

export const encrypt = operation<EncryptInput, EncryptOutput>((input, context) => {
  const key = usableKey(context, input.KeyId, { usage: "ENCRYPT_DECRYPT", operation: "Encrypt" });
  const algorithm = input.EncryptionAlgorithm ?? "SYMMETRIC_DEFAULT";
  const CiphertextBlob = encrypted(context, key, {
    plaintext: input.Plaintext,
    encryptionContext: input.EncryptionContext ?? {},
    algorithm,
  });
  if (input.DryRun === true) throw dryRun();
  return { KeyId: key.arn, CiphertextBlob, EncryptionAlgorithm: algorithm };
});
