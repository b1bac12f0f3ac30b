// A bus's policy as PutPermission and RemovePermission change it, statement by statement.

import { noPolicy, statementNotFound } from "../errors.ts";

type Statement = { readonly Sid?: string } & Readonly<Record<string, unknown>>;
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
  const now = policy === undefined ? { Version: "2012-10-17" } : (JSON.parse(policy) as object);
  const others = (statementsIn(policy) ?? []).filter((each) => each.Sid !== statementId);
  const statement: Statement = {
    Sid: statementId,
    Effect: "Allow",
    Principal: principal === "*" ? "*" : { AWS: `arn:aws:iam::${principal}:root` },
    Action: action,
    Resource: resource,
    ...(condition === undefined ? {} : { Condition: { [condition.Type]: { [condition.Key]: condition.Value } } }),
  };
  return JSON.stringify({ ...now, Statement: [...others, statement] });
}

/** Undefined when no statement is left. */
export function withoutPermission(policy: string | undefined, statementId: string): string | undefined {
  if (policy === undefined) throw noPolicy();
  const statements = statementsIn(policy) ?? [];
  const rest = statements.filter((each) => each.Sid !== statementId);
  if (rest.length === statements.length) throw statementNotFound();
  return rest.length === 0 ? undefined : JSON.stringify({ ...(JSON.parse(policy) as object), Statement: rest });
}

/** A policy may have one statement without a list around it. Undefined for what is no policy. */
export function statementsIn(policy: string | undefined): readonly Statement[] | undefined {
  if (policy === undefined) return [];
  try {
    const { Statement: statements } = JSON.parse(policy) as { readonly Statement?: unknown };
    const list: readonly unknown[] = Array.isArray(statements) ? statements : [statements];
    return list.every((each) => typeof each === "object" && each !== null) ? (list as readonly Statement[]) : undefined;
  } catch {
    return undefined;
  }
}
