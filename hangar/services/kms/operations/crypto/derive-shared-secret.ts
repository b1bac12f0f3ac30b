// Agrees on a secret with the holder of another key (ECDH). https://docs.aws.amazon.com/kms/latest/APIReference/API_DeriveSharedSecret.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { DeriveSharedSecretInput, DeriveSharedSecretOutput } from "../../../../models/kms.d.ts";
import { dryRun } from "../../errors.ts";
import { usableKey } from "../../rules/find-key.ts";
import { sharedSecret } from "../../rules/shared-secret.ts";
import { operation } from "../../store.ts";

export const deriveSharedSecret = operation<DeriveSharedSecretInput, DeriveSharedSecretOutput>((input, context) => {
  if (input.Recipient !== undefined) throw notEmulated("Nitro Enclaves (Recipient)");
  const key = usableKey(context, input.KeyId, { usage: "KEY_AGREEMENT", operation: "DeriveSharedSecret" });
  const SharedSecret = sharedSecret(key, input.PublicKey);
  if (input.DryRun === true) throw dryRun();
  return { KeyId: key.arn, SharedSecret, KeyAgreementAlgorithm: "ECDH", KeyOrigin: "AWS_KMS" };
});
