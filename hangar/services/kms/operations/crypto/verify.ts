// Checks a signature. https://docs.aws.amazon.com/kms/latest/APIReference/API_Verify.html

import type { VerifyInput, VerifyOutput } from "../../../../models/kms.d.ts";
import { dryRun, invalidSignature } from "../../errors.ts";
import { usableKey } from "../../rules/find-key.ts";
import { signatureIsValid } from "../../rules/signatures.ts";
import { operation } from "../../store.ts";

export const verify = operation<VerifyInput, VerifyOutput>((input, context) => {
  const key = usableKey(context, input.KeyId, { usage: "SIGN_VERIFY", operation: "Verify" });
  const valid = signatureIsValid(key, input, input.Signature);
  if (input.DryRun === true) throw dryRun();
  if (!valid) throw invalidSignature();
  return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm: input.SigningAlgorithm };
});
