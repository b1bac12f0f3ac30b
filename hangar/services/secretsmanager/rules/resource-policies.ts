// A secret's own policy: what AWS takes, and what it calls public.

import { malformedPolicy, publicPolicy } from "../errors.ts";

type Statement = { readonly Effect?: unknown; readonly Principal?: unknown; readonly Condition?: unknown };

export function checkResourcePolicy(policy: string, blockPublic: boolean): void {
  if (statementsOf(policy).length === 0) throw malformedPolicy();
  if (blockPublic && isPublic(policy)) throw publicPolicy();
}

/** Allows anybody without a condition. */
export function isPublic(policy: string): boolean {
  return statementsOf(policy).some(({ Effect, Principal, Condition }) => {
    const aws = typeof Principal === "object" && Principal !== null && "AWS" in Principal ? Principal.AWS : Principal;
    return Effect === "Allow" && Condition === undefined && (aws === "*" || (Array.isArray(aws) && aws.includes("*")));
  });
}

function statementsOf(policy: string): readonly Statement[] {
  let document: unknown;
  try {
    document = JSON.parse(policy);
  } catch {
    throw malformedPolicy();
  }
  if (typeof document !== "object" || document === null || !("Statement" in document)) throw malformedPolicy();
  const { Statement } = document;
  return (Array.isArray(Statement) ? Statement : [Statement]) as readonly Statement[];
}
