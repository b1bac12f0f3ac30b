// Makes an HMAC of a message. https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html

import type { GenerateMacInput, GenerateMacOutput } from "../../../../models/kms.d.ts";
import { dryRun } from "../../errors.ts";
import { usableKey } from "../../rules/find-key.ts";
import { macOf } from "../../rules/macs.ts";
import { operation } from "../../store.ts";

export const generateMac = operation<GenerateMacInput, GenerateMacOutput>((input, context) => {
  const key = usableKey(context, input.KeyId, { usage: "GENERATE_VERIFY_MAC", operation: "GenerateMac" });
  const Mac = macOf(key, input);
  if (input.DryRun === true) throw dryRun();
  return { KeyId: key.arn, Mac, MacAlgorithm: input.MacAlgorithm };
});
