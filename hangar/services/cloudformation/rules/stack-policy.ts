// Stack policies: which resources an update may modify, replace or delete.

import { invalid } from "../errors.ts";
import { isObject, type PlainObject } from "./template.ts";

export type PolicyAction = "Update:Modify" | "Update:Replace" | "Update:Delete";

const ACTIONS = ["Update:Modify", "Update:Replace", "Update:Delete", "Update:*"];
const INVALID = "Error validating stack policy: Invalid stack policy";

function listed(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return items.filter((item) => typeof item === "string");
}

/** Throws for what is no policy; answers the text as it is kept. */
export function checkStackPolicy(text: string): string {
  statementsOf(text).forEach(checkStatement);
  return text;
}

function statementsOf(text: string): readonly PlainObject[] {
  if (text.trim() === "") return [];
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw invalid(INVALID);
  }
  if (!isObject(policy)) throw invalid(INVALID);
  const statements = policy["Statement"] ?? [];
  const all: readonly unknown[] = Array.isArray(statements) ? statements : [statements];
  if (!all.every(isObject)) throw invalid(INVALID);
  return all;
}

function checkStatement(statement: PlainObject): void {
  const actions = listed(statement["Action"] ?? statement["NotAction"]);
  const resources = listed(statement["Resource"] ?? statement["NotResource"]);
  const principal = statement["Principal"];
  const everybody = principal === "*" || (isObject(principal) && principal["AWS"] === "*");
  const known =
    (statement["Effect"] === "Allow" || statement["Effect"] === "Deny") &&
    actions.length > 0 &&
    actions.every((action) => ACTIONS.includes(action)) &&
    everybody;
  if (!known || (resources.length === 0 && statement["Condition"] === undefined)) throw invalid(INVALID);
}

export type PolicyQuestion = {
  readonly action: PolicyAction;
  readonly logicalId: string;
  readonly type: string;
};

/** Why an update may not do this, or undefined when it may. Without statements everything is allowed. */
export function deniedByPolicy(text: string | undefined, question: PolicyQuestion): string | undefined {
  const statements = statementsOf(text ?? "");
  if (statements.length === 0) return undefined;
  const matching = statements.flatMap((statement, index) =>
    applies(statement, question) ? [{ effect: statement["Effect"], number: index + 1 }] : [],
  );
  const denials = matching.filter((match) => match.effect === "Deny");
  if (denials.length > 0)
    return `Action denied by stack policy: ${denials
      .map(
        (match) =>
          `Statement [#${match.number}] does not allow [${question.action}] for resource [LogicalResourceId/${question.logicalId}];`,
      )
      .join(" ")}`;
  return matching.length > 0 ? undefined : "Action not allowed by stack policy";
}

function applies(statement: PlainObject, { action, logicalId, type }: PolicyQuestion): boolean {
  const named = `LogicalResourceId/${logicalId}`;
  const acts = statement["NotAction"] === undefined;
  if (listed(acts ? statement["Action"] : statement["NotAction"]).some((item) => wildcard(item, action)) !== acts)
    return false;
  const about = statement["NotResource"] === undefined;
  const resources = listed(about ? statement["Resource"] : statement["NotResource"]);
  // A statement that names no resource has only its condition to choose by, and then chooses none.
  if (resources.some((item) => wildcard(item, named)) !== about) return false;
  return conditionHolds(statement["Condition"], type);
}

function conditionHolds(condition: unknown, type: string): boolean {
  if (!isObject(condition)) return true;
  return Object.entries(condition).every(([operator, body]) => {
    const types = isObject(body) ? listed(body["ResourceType"]) : [];
    return operator === "StringLike" ? types.some((item) => wildcard(item, type)) : types.includes(type);
  });
}

function wildcard(pattern: string, text: string): boolean {
  const escaped = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`).test(text);
}
