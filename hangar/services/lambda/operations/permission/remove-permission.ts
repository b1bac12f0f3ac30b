// Takes a statement out of a function's resource policy. https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html

import type { RemovePermissionRequest } from "../../../../models/lambda.d.ts";
import { aliasNotFound, notFound } from "../../errors.ts";
import { checkRevision } from "../../rules/find.ts";
import { functionArn, isAliasName, resolveReference } from "../../rules/function-name.ts";
import { operation } from "../../store.ts";

export const removePermission = operation<RemovePermissionRequest, Record<string, never>>((input, context) => {
  const { name, qualifier } = resolveReference(input.FunctionName, input.Qualifier, context);
  const unqualified = functionArn(context, name);
  if (!context.store.functions.has(name)) throw notFound(`No policy found for: ${unqualified}`);
  const arn = functionArn(context, name, qualifier);
  if (qualifier !== undefined && isAliasName(qualifier) && !context.store.aliases.has(`${name}:${qualifier}`))
    throw aliasNotFound(arn);
  const policy = context.store.policies.get(arn);
  if (policy === undefined) throw notFound("No policy is associated with the given resource.");
  checkRevision(input.RevisionId, policy.revisionId, "GetPolicy");
  const kept = policy.statements.filter((statement) => statement.Sid !== input.StatementId);
  if (kept.length === policy.statements.length)
    throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
  if (kept.length === 0) context.store.policies.delete(arn);
  else context.store.policies.put(arn, { ...policy, revisionId: context.ids.uuid(), statements: kept });
  return {};
});
