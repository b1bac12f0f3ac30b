// Gives a key's policy. https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html

import type { GetKeyPolicyInput, GetKeyPolicyOutput } from "../../../../models/kms.d.ts";
import { notFound } from "../../errors.ts";
import { findKey } from "../../rules/find-key.ts";
import { operation } from "../../store.ts";

export const getKeyPolicy = operation<GetKeyPolicyInput, GetKeyPolicyOutput>((input, context) => {
  if (input.PolicyName !== undefined && input.PolicyName !== "default") throw notFound("No such policy exists");
  return { Policy: findKey(context, input.KeyId).policy, PolicyName: "default" };
});
