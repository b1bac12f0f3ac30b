// Gives a stream or consumer a policy of its own. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutResourcePolicy.html

import type { PutResourcePolicyInput, PutResourcePolicyOutput } from "../../../models/kinesis.d.ts";
import { findResource } from "../engine/find-stream.ts";
import { keepPolicy } from "../engine/tagged-resource.ts";
import { checkPolicy } from "../rules/resource-policy.ts";
import { operation } from "../store.ts";

export const putResourcePolicy = operation<PutResourcePolicyInput, PutResourcePolicyOutput>((input, context) => {
  const found = findResource(context, input.ResourceARN);
  checkPolicy(input.Policy, input.ResourceARN);
  keepPolicy(found, input.Policy);
  return {};
});
