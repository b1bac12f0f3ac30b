// A policy document compiled once: statements as tests of action, resource, principal and conditions.

import { compileCondition, type Condition } from "./conditions.ts";
import { matcher, type Lookup, type Matcher } from "./pattern.ts";
import { compilePrincipal, type PrincipalMatcher } from "./principal.ts";

export type Statement = {
  readonly effect: "Allow" | "Deny";
  /** `action` in lower case. */
  matchesAction(action: string): boolean;
  matchesResource(resource: string, lookup: Lookup): boolean;
  readonly principal: { readonly not: boolean; readonly matches: PrincipalMatcher } | undefined;
  readonly conditions: readonly Condition[];
  /** As written, for explanations. */
  readonly source: unknown;
};

export type Policy = { readonly statements: readonly Statement[] };

const NONE: Policy = { statements: [] };
const KEPT = 4096;
const byText = new Map<string, Policy>();
const byObject = new WeakMap<object, Policy>();

/** The compiled policy of a document. Text that is no policy allows and denies nothing. */
export function compiledPolicy(document: string | object): Policy {
  if (typeof document !== "string") {
    const known = byObject.get(document) ?? compile(document);
    byObject.set(document, known);
    return known;
  }
  let policy = byText.get(document);
  if (policy === undefined) {
    policy = compileText(document);
    if (byText.size >= KEPT) byText.clear();
    byText.set(document, policy);
  }
  return policy;
}

function compileText(document: string): Policy {
  try {
    return compile(JSON.parse(document));
  } catch {
    return NONE;
  }
}

function compile(document: unknown): Policy {
  if (!isRecord(document)) return NONE;
  const variables = document["Version"] === "2012-10-17";
  return {
    statements: list(document["Statement"])
      .filter(isRecord)
      .map((statement) => compileStatement(statement, variables)),
  };
}

function compileStatement(source: Readonly<Record<string, unknown>>, variables: boolean): Statement {
  const principal = source["Principal"] ?? source["NotPrincipal"];
  return {
    effect: source["Effect"] === "Allow" ? "Allow" : "Deny",
    matchesAction: actionTest(source),
    matchesResource: resourceTest(source, variables),
    principal:
      principal === undefined
        ? undefined
        : { not: source["Principal"] === undefined, matches: compilePrincipal(principalElement(principal)) },
    conditions: conditionsOf(source["Condition"], variables),
    source,
  };
}

function actionTest(source: Readonly<Record<string, unknown>>): (action: string) => boolean {
  const not = source["Action"] === undefined;
  const patterns = texts(source["Action"] ?? source["NotAction"]).map((action) => action.toLowerCase());
  if (patterns.includes("*") || patterns.includes("*:*")) return () => !not;
  const exact = new Set(patterns.filter((pattern) => !/[*?]/.test(pattern)));
  const wild = new Map<string, Matcher[]>();
  for (const pattern of patterns.filter((one) => /[*?]/.test(one))) {
    const [service = ""] = pattern.split(":");
    const key = /[*?]/.test(service) ? "*" : service;
    wild.set(key, [...(wild.get(key) ?? []), matcher(pattern, {})]);
  }
  const anyService = wild.get("*") ?? [];
  const found = (action: string): boolean => {
    if (exact.has(action)) return true;
    const own = wild.get(action.slice(0, action.indexOf(":")));
    return (
      (own?.some((test) => test(action, NO_LOOKUP)) ?? false) || anyService.some((test) => test(action, NO_LOOKUP))
    );
  };
  return not ? (action) => !found(action) : found;
}

const NO_LOOKUP: Lookup = { values: () => undefined };

function resourceTest(
  source: Readonly<Record<string, unknown>>,
  variables: boolean,
): (resource: string, lookup: Lookup) => boolean {
  const element = source["Resource"] ?? source["NotResource"];
  // Trust policies have no Resource: they speak of their own role.
  if (element === undefined) return () => true;
  const not = source["Resource"] === undefined;
  const tests = texts(element).map((pattern) => matcher(pattern, { arn: true, variables }));
  return (resource, lookup) => tests.some((test) => test(resource, lookup)) !== not;
}

function conditionsOf(element: unknown, variables: boolean): Condition[] {
  if (!isRecord(element)) return [];
  return Object.entries(element).flatMap(([operator, keys]) =>
    isRecord(keys)
      ? Object.entries(keys).map(([key, values]) => compileCondition(operator, key, texts(values), variables))
      : [],
  );
}

function principalElement(element: unknown): "*" | Readonly<Record<string, readonly string[]>> {
  if (!isRecord(element)) return element === "*" ? "*" : {};
  return Object.fromEntries(Object.entries(element).map(([kind, values]) => [kind, texts(values)]));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function texts(value: unknown): string[] {
  return list(value).map(String);
}
