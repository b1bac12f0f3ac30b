// Lets a principal use a function: a statement in its resource policy. https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html

import type { AddPermissionRequest, AddPermissionResponse } from "../../../../models/lambda.d.ts";
import { conflict, invalidParameter } from "../../errors.ts";
import { checkRevision } from "../../rules/find.ts";
import { permissionStatement } from "../../rules/policy.ts";
import { policyRevision, policyTarget } from "../../rules/policy-target.ts";
import { operation } from "../../store.ts";

export const addPermission = operation<AddPermissionRequest, AddPermissionResponse>((input, context) => {
  const arn = policyTarget(context, input.FunctionName, input.Qualifier);
  if (arn.endsWith(":$LATEST")) throw invalidParameter("We currently do not support adding policies for $LATEST.");
  const statement = permissionStatement(input, arn);
  const policy = context.store.policies.get(arn);
  checkRevision(input.RevisionId, policyRevision(context, input.FunctionName, input.Qualifier), "GetPolicy");
  const statements = policy?.statements ?? [];
  if (statements.some((each) => each.Sid === input.StatementId))
    throw conflict(
      `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  context.store.policies.put(arn, {
    ...policy,
    revisionId: context.ids.uuid(),
    statements: [...statements, statement],
  });
  return { Statement: JSON.stringify(statement) };
});
