// Takes a whole resource policy away. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteResourcePolicy.html

import type { DeleteResourcePolicyRequest } from "../../../../models/lambda.d.ts";
import { checkRevision } from "../../rules/find.ts";
import { presentPolicy } from "../../rules/policy-target.ts";
import { operation } from "../../store.ts";

export const deleteResourcePolicy = operation<DeleteResourcePolicyRequest, Record<string, never>>((input, context) => {
  const { arn, policy } = presentPolicy(context, input.ResourceArn, undefined);
  checkRevision(input.RevisionId, policy.revisionId, "GetPolicy");
  context.store.policies.delete(arn);
  return {};
});
