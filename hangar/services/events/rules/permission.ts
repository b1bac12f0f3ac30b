// A bus's policy as PutPermission and RemovePermission change it, statement by statement.

import { noPolicy, statementNotFound } from "../errors.ts";

type Statement = { readonly Sid?: string } & Readonly<Record<string, unknown>>;
type Policy = { readonly Version: string; readonly Statement: readonly Statement[] };
export type Permission = {
  readonly statementId: string;
  readonly principal: string;
  readonly action: string;
  readonly condition?: { readonly Type: string; readonly Key: string; readonly Value: string } | undefined;
};

export function withPermission(
  policy: string | undefined,
  { statementId, principal, action, condition }: Permission,
  resource: string,
): string {
  const now = policy === undefined ? { Version: "2012-10-17", Statement: [] } : (JSON.parse(policy) as Policy);
  const statement: Statement = {
    Sid: statementId,
    Effect: "Allow",
    Principal: principal === "*" ? "*" : { AWS: `arn:aws:iam::${principal}:root` },
    Action: action,
    Resource: resource,
    ...(condition === undefined ? {} : { Condition: { [condition.Type]: { [condition.Key]: condition.Value } } }),
  };
  return JSON.stringify({
    ...now,
    Statement: [...now.Statement.filter((each) => each.Sid !== statementId), statement],
  });
}

/** Undefined when no statement is left. */
export function withoutPermission(policy: string | undefined, statementId: string): string | undefined {
  if (policy === undefined) throw noPolicy();
  const now = JSON.parse(policy) as Policy;
  const rest = now.Statement.filter((each) => each.Sid !== statementId);
  if (rest.length === now.Statement.length) throw statementNotFound();
  return rest.length === 0 ? undefined : JSON.stringify({ ...now, Statement: rest });
}
