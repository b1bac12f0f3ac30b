// Checks an HMAC. https://docs.aws.amazon.com/kms/latest/APIReference/API_VerifyMac.html

import type { VerifyMacInput, VerifyMacOutput } from "../../../../models/kms.d.ts";
import { dryRun, invalidMac } from "../../errors.ts";
import { usableKey } from "../../rules/find-key.ts";
import { macOf } from "../../rules/macs.ts";
import { operation } from "../../store.ts";

export const verifyMac = operation<VerifyMacInput, VerifyMacOutput>((input, context) => {
  const key = usableKey(context, input.KeyId, { usage: "GENERATE_VERIFY_MAC", operation: "VerifyMac" });
  const valid = Buffer.from(macOf(key, input)).equals(Buffer.from(input.Mac));
  if (input.DryRun === true) throw dryRun();
  if (!valid) throw invalidMac();
  return { KeyId: key.arn, MacValid: true, MacAlgorithm: input.MacAlgorithm };
});
