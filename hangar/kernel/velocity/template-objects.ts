// The objects that every mapping template of API Gateway is given: $input and $util.

import { atJsonPath } from "../json-path.ts";
import { HostObject, show, toJava, toJson, type JavaValue } from "./java-values.ts";

/** The values that `$input.params` reads, each by its name. */
export type InputParameters = {
  readonly path: Map<string, string>;
  readonly querystring: Map<string, string>;
  readonly header: Map<string, string>;
};

/** `$input`. `named` finds one parameter, in this order: path, query string, header. */
export function inputObject(body: string, all: () => InputParameters, named: (name: string) => string): HostObject {
  let read: { readonly value: unknown } | undefined;
  const parsed = (): unknown => (read ??= { value: parse(body) }).value;
  return new HostObject(
    {
      json: (path) => JSON.stringify(atJsonPath(parsed() ?? (show(path) === "$" ? {} : undefined), show(path)) ?? ""),
      path: (path) => toJava(atJsonPath(parsed(), show(path))),
      params: (name): JavaValue => (name === undefined ? new Map(Object.entries(all())) : named(show(name))),
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

/** `$util`. */
export const util = new HostObject({
  // Recorded: a map gives no text.
  escapeJavaScript: (value) => (value instanceof Map ? "" : escapeJavaScript(show(value))),
  parseJson: (value) => toJava(parse(show(value))),
  urlEncode: (value) => urlEncode(show(value)),
  urlDecode: (value) => urlDecode(show(value)),
  base64Encode: (value) => Buffer.from(show(value)).toString("base64"),
  base64Decode: (value) => Buffer.from(show(value), "base64").toString(),
  toJson: (value) => JSON.stringify(toJson(value)),
});
