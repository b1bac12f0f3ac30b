// A function's resource policy. https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html

import type { GetPolicyRequest, GetPolicyResponse } from "../../../../models/lambda.d.ts";
import { notFound } from "../../errors.ts";
import { policyDocument } from "../../rules/policy.ts";
import { policyTarget } from "../../rules/policy-target.ts";
import { operation } from "../../store.ts";

export const getPolicy = operation<GetPolicyRequest, GetPolicyResponse>((input, context) => {
  const policy = context.store.policies.get(policyTarget(context, input.FunctionName, input.Qualifier));
  if (policy === undefined) throw notFound("The resource you requested does not exist.");
  return { Policy: policyDocument(policy), RevisionId: policy.revisionId };
});
