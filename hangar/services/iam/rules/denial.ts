// A decision in AWS's words, and for people the statement that decided or the one that is missing.

import type { Caller } from "../../../cloud/operation.ts";
import type { AccessNeed } from "../../../ports/access.ts";
import type { Outcome, PolicyKind } from "./decide.ts";
import type { Statement } from "./policy-document.ts";

export function messageOf(caller: Caller, need: AccessNeed, outcome: Outcome): string {
  const who = `${caller.kind === "anonymous" ? "anonymous" : caller.arn}`;
  const what = `User: ${who} is not authorized to perform: ${need.action} on resource: ${need.resource}`;
  const article = /^[aeiou]/.test(outcome.kind) ? "an" : "a";
  if (outcome.statement !== undefined)
    return `${what} with an explicit deny in ${outcome.kind === "role trust policy" ? "the" : article} ${outcome.kind}`;
  return `${what} because no ${outcome.kind} allows the ${need.action} action`;
}

export function allowedBy({ kind, statement }: Outcome): string {
  return statement === undefined ? "Allowed: the root user of the account." : `Allowed by ${inWords(kind, statement)}`;
}

/** Of a denial. */
export function explanationOf(caller: Caller, need: AccessNeed, outcome: Outcome): string {
  if (outcome.statement !== undefined) return `Denied by ${inWords(outcome.kind, outcome.statement)}`;
  const statement: Record<string, unknown> = { Effect: "Allow", Action: need.action, Resource: need.resource };
  if (outcome.kind === "resource-based policy" || outcome.kind === "role trust policy")
    statement["Principal"] = principalFor(caller);
  if (outcome.kind === "role trust policy") delete statement["Resource"];
  if (outcome.kind === "resource-based policy" && caller.kind === "service" && caller.sourceArn !== undefined)
    statement["Condition"] = { ArnEquals: { "aws:SourceArn": caller.sourceArn } };
  return `Missing in the ${outcome.kind} of ${holder(caller, need, outcome)}: ${JSON.stringify(statement)}`;
}

function inWords(kind: PolicyKind, statement: Statement): string {
  return `this statement of the ${kind}: ${JSON.stringify(statement.source)}`;
}

function holder(caller: Caller, need: AccessNeed, outcome: Outcome): string {
  return outcome.kind === "resource-based policy" || outcome.kind === "role trust policy"
    ? need.resource
    : (caller.roleArn ?? caller.arn);
}

function principalFor(caller: Caller): unknown {
  if (caller.kind === "anonymous") return "*";
  if (caller.kind === "service") return { Service: caller.arn };
  return { AWS: caller.roleArn ?? caller.arn };
}
