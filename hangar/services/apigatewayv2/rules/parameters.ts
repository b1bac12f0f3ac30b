// Parameter mapping of HTTP APIs: how requests and responses are changed on their way.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html

import { atJsonPath } from "../../../kernel/json-path.ts";
import { contextValues } from "./context-values.ts";
import type { Invocation } from "./invocation.ts";

/** What expressions read beside $context and $stageVariables. */
export type Source = {
  readonly root: "request" | "response";
  header(name: string): string | undefined;
  readonly body: Buffer;
};

export type MessageParts = {
  /** By lower-case name. */
  readonly headers: Map<string, readonly string[]>;
  readonly query: Map<string, readonly string[]>;
  path: string | undefined;
};

type Pair = readonly [string, string];
export type ResponseParts = { status: number; headers: Pair[] };

const LARGEST_READ = 100 * 1024;

export function requestSource({ headers, body }: Invocation): Source {
  return { root: "request", header: (name) => headers[name.toLowerCase()], body };
}

export function responseSource(headers: readonly Pair[], body: Buffer): Source {
  const header = (name: string): string | undefined => {
    const found = headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
    return found.length === 0 ? undefined : found.join(",");
  };
  return { root: "response", header, body };
}

const CHANGE = /^(append|overwrite|remove):(header|querystring)\.(.+)$/;

export function mapRequest(
  invocation: Invocation,
  parameters: Readonly<Record<string, string>>,
  parts: MessageParts,
): void {
  const source = requestSource(invocation);
  for (const [name, expression] of Object.entries(parameters)) {
    if (name === "overwrite:path") {
      parts.path = evaluate(invocation, source, expression) ?? parts.path;
      continue;
    }
    const [, how, place, what = ""] = CHANGE.exec(name) ?? [];
    if (how === undefined) continue;
    const map = place === "header" ? parts.headers : parts.query;
    const key = place === "header" ? what.toLowerCase() : what;
    if (how === "remove") map.delete(key);
    else put(map, key, evaluate(invocation, source, expression), how);
  }
}

function put(map: Map<string, readonly string[]>, key: string, value: string | undefined, how: string): void {
  if (value === undefined) return;
  map.set(key, how === "append" ? [...(map.get(key) ?? []), value] : [value]);
}

export function mapResponse(
  invocation: Invocation,
  parameters: Readonly<Record<string, string>>,
  source: Source,
  parts: ResponseParts,
): void {
  for (const [name, expression] of Object.entries(parameters)) {
    const value = evaluate(invocation, source, expression);
    if (name === "overwrite:statuscode") {
      const status = Number(value);
      if (Number.isInteger(status) && status >= 100 && status <= 599) parts.status = status;
      continue;
    }
    const [, how, , what = ""] = CHANGE.exec(name) ?? [];
    const lower = what.toLowerCase();
    if (how === "remove" || (how === "overwrite" && value !== undefined))
      parts.headers = parts.headers.filter(([each]) => each.toLowerCase() !== lower);
    if (how !== undefined && how !== "remove" && value !== undefined) parts.headers.push([lower, value]);
  }
}

const BRACED = /\$\{([^}]+)\}/g;

/** One reference as a whole, several in braces, or a text as it is. Undefined for what is not there. */
export function evaluate(invocation: Invocation, source: Source, expression: string): string | undefined {
  if (expression.startsWith("$") && !expression.startsWith("${"))
    return written(reference(invocation, source, expression.slice(1)));
  if (!expression.includes("${")) return expression;
  return expression.replace(BRACED, (_all, inner: string) => written(reference(invocation, source, inner)) ?? "");
}

function reference(invocation: Invocation, source: Source, text: string): unknown {
  const [root = "", place = "", ...rest] = text.split(".");
  const name = rest.join(".");
  if (root === "context") return atJsonPath(contextValues(invocation), [place, ...rest].join("."));
  if (root === "stageVariables") return (invocation.stage.StageVariables ?? {})[[place, ...rest].join(".")];
  if (root !== source.root) return undefined;
  if (place === "header") return source.header(name);
  if (place === "body" || place.startsWith("body[")) return bodyPart(source.body, text.slice(root.length + 5));
  if (root === "response") return undefined;
  if (place === "querystring") return invocation.query.get(name)?.join(",");
  if (place === "path") return name === "" ? invocation.path : invocation.route?.pathParameters?.[name];
  return place === "method" ? invocation.httpMethod : undefined;
}

/** JSON paths see the first 100 KB of a body. */
function bodyPart(body: Buffer, path: string): unknown {
  if (path === "") return body.toString("utf8");
  try {
    return atJsonPath(JSON.parse(body.toString("utf8", 0, LARGEST_READ)) as unknown, path);
  } catch {
    return undefined;
  }
}

function written(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "object" ? JSON.stringify(value) : String(value as string | number | boolean);
}
