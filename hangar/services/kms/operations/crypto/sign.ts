// Signs a message or its digest. https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html

import type { SignInput, SignOutput } from "../../../../models/kms.d.ts";
import { dryRun } from "../../errors.ts";
import { usableKey } from "../../rules/find-key.ts";
import { signatureOf } from "../../rules/signatures.ts";
import { operation } from "../../store.ts";

export const sign = operation<SignInput, SignOutput>((input, context) => {
  const key = usableKey(context, input.KeyId, { usage: "SIGN_VERIFY", operation: "Sign" });
  const Signature = signatureOf(key, input, context.ids);
  if (input.DryRun === true) throw dryRun();
  return { KeyId: key.arn, Signature, SigningAlgorithm: input.SigningAlgorithm };
});
