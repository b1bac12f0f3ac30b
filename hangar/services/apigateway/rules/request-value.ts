// The right side of a mapping: a literal, a part of the request, of $context or of the stage's variables.

import { contextValues } from "./context-values.ts";
import type { Invocation } from "./invocation.ts";
import { atJsonPath } from "../../../kernel/json-path.ts";
import { parsedJson } from "../../../kernel/parsed-json.ts";

const LITERAL = /^'(.*)'$/s;

/** Undefined for what the request does not have. */
export function requestValue(invocation: Invocation, expression: string): string | undefined {
  return requestValues(invocation, expression)?.at(-1);
}

/** Multi-valued sources give all their values. */
export function requestValues(invocation: Invocation, expression: string): readonly string[] | undefined {
  const literal = LITERAL.exec(expression)?.[1];
  if (literal !== undefined) return [literal];
  const [root = "", ...rest] = expression.split(".");
  if (root === "context") return one(atPath(contextValues(invocation), rest));
  if (root === "stageVariables") return one(ownOf(invocation.stage.variables, rest.join(".")));
  if (root !== "method" || rest[0] !== "request") return undefined;
  return partOf(invocation, rest[1] ?? "", rest.slice(2).join("."));
}

function partOf(invocation: Invocation, place: string, name: string): readonly string[] | undefined {
  switch (place) {
    case "header":
      return invocation.headers.get(name.toLowerCase())?.values.slice(-1);
    case "multivalueheader":
      return invocation.headers.get(name.toLowerCase())?.values;
    case "querystring":
      return invocation.query.get(name)?.slice(-1);
    case "multivaluequerystring":
      return invocation.query.get(name);
    case "path":
      return one(ownOf(invocation.route?.pathParameters, name));
    case "body":
      return name === "" ? [invocation.body.toString()] : one(atJsonPath(parsedJson(invocation.body.toString()), name));
    default:
      return undefined;
  }
}

function ownOf(map: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
  return map !== undefined && Object.hasOwn(map, name) ? map[name] : undefined;
}

export function atPath(root: unknown, names: readonly string[]): unknown {
  let value = root;
  for (const name of names) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

function one(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  return [typeof value === "object" ? JSON.stringify(value) : String(value as string | number | boolean)];
}
