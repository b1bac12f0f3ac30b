// What a mapping template is given: $input, $util, $context and $stageVariables.

import { contextValues } from "../context-values.ts";
import type { Invocation } from "../invocation.ts";
import { atJsonPath } from "../json-path.ts";
import { HostObject, show, toJava, toJson, type JavaValue } from "./java-values.ts";
import type { Variables } from "./render.ts";

export type Message = {
  /** What `$input.body` is: the request's body, or the integration's answer. */
  readonly body: string;
};

type Place = "path" | "querystring" | "header";

export function templateVariables(invocation: Invocation, { body }: Message): Variables {
  const context = toJava(contextValues(invocation)) as Map<string, unknown>;
  context.set("requestOverride", invocation.requestOverride);
  context.set("responseOverride", invocation.responseOverride);
  return new Map<string, JavaValue>([
    ["input", inputOf(invocation, body)],
    ["util", util],
    ["context", context],
    ["stageVariables", toJava(invocation.stage.variables ?? {})],
  ]);
}

function inputOf(invocation: Invocation, body: string): HostObject {
  let read: { readonly value: unknown } | undefined;
  const parsed = (): unknown => (read ??= { value: parse(body) }).value;
  return new HostObject(
    {
      json: (path) => JSON.stringify(atJsonPath(parsed() ?? (show(path) === "$" ? {} : undefined), show(path)) ?? ""),
      path: (path) => toJava(atJsonPath(parsed(), show(path))),
      params: (name) => (name === undefined ? allParameters(invocation) : parameter(invocation, show(name))),
    },
    // An empty body prints as an empty object.
    { body: body === "" ? "{}" : body },
  );
}

/** Text that is no JSON is a string. */
function parse(body: string): unknown {
  if (body === "") return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}

function parameters(invocation: Invocation, place: Place): Map<string, string> {
  if (place === "path") return new Map(Object.entries(invocation.route?.pathParameters ?? {}));
  if (place === "querystring")
    return new Map([...invocation.query].map(([name, values]) => [name, values.at(-1) ?? ""]));
  return new Map([...invocation.headers.values()].map(({ name, values }) => [name, values.at(-1) ?? ""]));
}

function allParameters(invocation: Invocation): JavaValue {
  return new Map((["path", "querystring", "header"] as const).map((place) => [place, parameters(invocation, place)]));
}

/** In this order: path, query string, header. */
function parameter(invocation: Invocation, name: string): string {
  return (
    parameters(invocation, "path").get(name) ??
    invocation.query.get(name)?.at(-1) ??
    invocation.headers.get(name.toLowerCase())?.values.at(-1) ??
    ""
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "'": "\\'",
  "/": "\\/",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\f": "\\f",
};

/** As Apache Commons' escapeJavaScript. */
function escapeJavaScript(text: string): string {
  return text.replace(/[\\"'/\n\r\t\b\f]|[^\x20-\x7e]/g, (character) => {
    const known = ESCAPES[character];
    return known ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  });
}

function urlEncode(text: string): string {
  return encodeURIComponent(text)
    .replaceAll("%20", "+")
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function urlDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

const util = new HostObject({
  escapeJavaScript: (value) => escapeJavaScript(show(value)),
  parseJson: (value) => toJava(parse(show(value))),
  urlEncode: (value) => urlEncode(show(value)),
  urlDecode: (value) => urlDecode(show(value)),
  base64Encode: (value) => Buffer.from(show(value)).toString("base64"),
  base64Decode: (value) => Buffer.from(show(value), "base64").toString(),
  toJson: (value) => JSON.stringify(toJson(value)),
});
