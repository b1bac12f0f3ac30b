// A resource policy, by ARN. https://docs.aws.amazon.com/lambda/latest/api/API_GetResourcePolicy.html

import type { GetResourcePolicyRequest, GetResourcePolicyResponse } from "../../../../models/lambda.d.ts";
import { policyDocument } from "../../rules/policy.ts";
import { presentPolicy } from "../../rules/policy-target.ts";
import { operation } from "../../store.ts";

export const getResourcePolicy = operation<GetResourcePolicyRequest, GetResourcePolicyResponse>((input, context) => {
  const { policy } = presentPolicy(context, input.ResourceArn, undefined);
  return { Policy: policyDocument(policy), RevisionId: policy.revisionId };
});
