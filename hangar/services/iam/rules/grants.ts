// The statements of a role's policies, read as grants: which of them a use was covered by.

import { compiledPolicy, isRecord, list } from "./policy-document.ts";
import { matchesPattern } from "./resource-patterns.ts";

/** A statement that allows. */
export type Grant = {
  /** Name of the policy that it stands in. */
  readonly policy: string;
  /** As written; of a NotAction the one text that says so. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** False for NotResource: its texts say what is left out. */
  readonly namesResources: boolean;
  readonly condition: unknown;
  allows(action: string): boolean;
  reaches(resource: string): boolean;
};

export type NamedPolicy = { readonly name: string; readonly document: object };

export function grantsOf(policies: readonly NamedPolicy[]): Grant[] {
  return policies.flatMap(({ name, document }) =>
    compiledPolicy(document)
      .statements.filter(({ effect }) => effect === "Allow")
      .flatMap(({ source, matchesAction }) =>
        isRecord(source) ? [grantOf(name, source, (action) => matchesAction(action.toLowerCase()))] : [],
      ),
  );
}

/** Statements that deny, as written. */
export function denialsOf(policies: readonly NamedPolicy[]): object[] {
  return policies.flatMap(({ document }) =>
    compiledPolicy(document)
      .statements.filter(({ effect }) => effect === "Deny")
      .flatMap(({ source }) => (isRecord(source) ? [source] : [])),
  );
}

function grantOf(policy: string, source: Readonly<Record<string, unknown>>, allows: Grant["allows"]): Grant {
  const namesResources = source["NotResource"] === undefined;
  const patterns = list(source["Resource"] ?? source["NotResource"]).map(String);
  const actions =
    source["NotAction"] === undefined
      ? list(source["Action"]).map(String)
      : [`everything but ${list(source["NotAction"]).map(String).join(", ")}`];
  return {
    policy,
    actions,
    resources: namesResources ? patterns : [`everything but ${patterns.join(", ")}`],
    namesResources,
    condition: source["Condition"],
    allows,
    reaches: (resource) => patterns.some((pattern) => matchesPattern(pattern, resource)) === namesResources,
  };
}
