// Replaces a key's policy. https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html

import type { PutKeyPolicyInput } from "../../../../models/kms.d.ts";
import { notFound } from "../../errors.ts";
import { checkNotPending, ownKey, putKey } from "../../rules/find-key.ts";
import { checkPolicy } from "../../rules/key-policies.ts";
import { operation } from "../../store.ts";

export const putKeyPolicy = operation<PutKeyPolicyInput, void>((input, context) => {
  const key = ownKey(context, input.KeyId);
  if (input.PolicyName !== undefined && input.PolicyName !== "default") throw notFound("No such policy exists");
  checkNotPending(key);
  checkPolicy(context, key, input.Policy, input.BypassPolicyLockoutSafetyCheck ?? false);
  putKey(context, { ...key, policy: input.Policy });
});
