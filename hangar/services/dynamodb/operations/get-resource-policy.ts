// Gives the policy of a table or stream. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetResourcePolicy.html

import type { GetResourcePolicyInput, GetResourcePolicyOutput } from "../../../models/dynamodb.d.ts";
import { readPolicy } from "../engine/resource-policy.ts";
import { policyNotFound } from "../errors.ts";
import { operation } from "../store.ts";

export const getResourcePolicy = operation<GetResourcePolicyInput, GetResourcePolicyOutput>((input, context) => {
  const policy = readPolicy(context, input.ResourceArn);
  if (policy === undefined) throw policyNotFound(input.ResourceArn);
  return { Policy: policy.document, RevisionId: policy.revision };
});
