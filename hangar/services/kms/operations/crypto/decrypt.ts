// Decrypts what Encrypt and the data key operations encrypted. https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { DecryptInput, DecryptOutput } from "../../../../models/kms.d.ts";
import { dryRun } from "../../errors.ts";
import { decrypted } from "../../rules/encryption.ts";
import { operation } from "../../store.ts";

export const decrypt = operation<DecryptInput, DecryptOutput>((input, context) => {
  if (input.Recipient !== undefined) throw notEmulated("Nitro Enclaves (Recipient)");
  const { key, plaintext, algorithm, materialId } = decrypted(context, {
    ciphertext: input.CiphertextBlob,
    keyId: input.KeyId,
    encryptionContext: input.EncryptionContext ?? {},
    algorithm: input.EncryptionAlgorithm,
    operation: "Decrypt",
  });
  if (input.DryRun === true) throw dryRun();
  const KeyMaterialId = materialId === undefined ? {} : { KeyMaterialId: materialId };
  return { KeyId: key.arn, Plaintext: plaintext, EncryptionAlgorithm: algorithm, ...KeyMaterialId };
});
