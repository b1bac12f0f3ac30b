// Encrypts a ciphertext under another key without showing it. https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html

import type { ReEncryptInput, ReEncryptOutput } from "../../../../models/kms.d.ts";
import { dryRun } from "../../errors.ts";
import { decrypted, encrypted } from "../../rules/encryption.ts";
import { usableKey } from "../../rules/find-key.ts";
import { operation } from "../../store.ts";

export const reEncrypt = operation<ReEncryptInput, ReEncryptOutput>((input, context) => {
  const source = decrypted(context, {
    ciphertext: input.CiphertextBlob,
    keyId: input.SourceKeyId,
    encryptionContext: input.SourceEncryptionContext ?? {},
    algorithm: input.SourceEncryptionAlgorithm,
    operation: "ReEncrypt",
  });
  const key = usableKey(context, input.DestinationKeyId, { usage: "ENCRYPT_DECRYPT", operation: "ReEncrypt" });
  const algorithm = input.DestinationEncryptionAlgorithm ?? "SYMMETRIC_DEFAULT";
  const CiphertextBlob = encrypted(context, key, {
    plaintext: source.plaintext,
    encryptionContext: input.DestinationEncryptionContext ?? {},
    algorithm,
  });
  if (input.DryRun === true) throw dryRun();
  return {
    CiphertextBlob,
    SourceKeyId: source.key.arn,
    KeyId: key.arn,
    SourceEncryptionAlgorithm: source.algorithm,
    DestinationEncryptionAlgorithm: algorithm,
  };
});
