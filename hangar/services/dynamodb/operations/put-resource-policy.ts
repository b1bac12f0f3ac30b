// Gives a table or stream a policy of its own. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html

import type { PutResourcePolicyInput, PutResourcePolicyOutput } from "../../../models/dynamodb.d.ts";
import { checkRevision, checkStaysIn, readPolicy, roleIsThere, writePolicy } from "../engine/resource-policy.ts";
import { checkPolicyDocument } from "../rules/policy-document.ts";
import { operation } from "../store.ts";

export const putResourcePolicy = operation<PutResourcePolicyInput, PutResourcePolicyOutput>((input, context) => {
  const present = readPolicy(context, input.ResourceArn);
  checkPolicyDocument(input.Policy, input.ResourceArn.includes("/stream/") ? "stream" : "table", roleIsThere(context));
  checkRevision(input.ResourceArn, present, input.ExpectedRevisionId);
  if (input.ConfirmRemoveSelfResourceAccess !== true) checkStaysIn(context, input.ResourceArn, input.Policy);
  if (present?.document === input.Policy) return { RevisionId: present.revision };
  const revision = String(Math.max(context.clock.now(), Number(present?.revision ?? 0) + 1));
  writePolicy(context, input.ResourceArn, { document: input.Policy, revision });
  return { RevisionId: revision };
});
