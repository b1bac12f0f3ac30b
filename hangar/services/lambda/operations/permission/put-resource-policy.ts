// Gives a function, a version or an alias a whole resource policy in place of what it has. https://docs.aws.amazon.com/lambda/latest/api/API_PutResourcePolicy.html

import type { PutResourcePolicyRequest, PutResourcePolicyResponse } from "../../../../models/lambda.d.ts";
import { checkRevision } from "../../rules/find.ts";
import { policyDocument, statementsIn } from "../../rules/policy.ts";
import { policyRevision, policyTarget } from "../../rules/policy-target.ts";
import { operation } from "../../store.ts";

export const putResourcePolicy = operation<PutResourcePolicyRequest, PutResourcePolicyResponse>((input, context) => {
  const arn = policyTarget(context, input.ResourceArn, undefined);
  checkRevision(input.RevisionId, policyRevision(context, input.ResourceArn, undefined), "GetPolicy");
  const row = { ...statementsIn(input.Policy, arn), revisionId: context.ids.uuid() };
  context.store.policies.put(arn, row);
  return { Policy: policyDocument(row), RevisionId: row.revisionId };
});
