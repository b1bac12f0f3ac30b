// A function's resource policy. https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html

import type { GetPolicyRequest, GetPolicyResponse } from "../../../../models/lambda.d.ts";
import { policyDocument } from "../../rules/policy.ts";
import { presentPolicy } from "../../rules/policy-target.ts";
import { operation } from "../../store.ts";

export const getPolicy = operation<GetPolicyRequest, GetPolicyResponse>((input, context) => {
  const { policy } = presentPolicy(context, input.FunctionName, input.Qualifier);
  return { Policy: policyDocument(policy), RevisionId: policy.revisionId };
});
