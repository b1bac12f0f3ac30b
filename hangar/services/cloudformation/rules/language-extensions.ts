// The transform AWS::LanguageExtensions: Fn::ForEach is unrolled before anything else looks at the template.

import { templateError, templateFormat } from "../errors.ts";
import { isObject, type PlainObject } from "./template.ts";

export const LANGUAGE = "AWS::LanguageExtensions";

/** The template after the transform. `listOf` reads a parameter's value for Fn::ForEach collections. */
export function extendLanguage(data: PlainObject, listOf: (parameter: string) => unknown): PlainObject {
  return unroll(data, {
    mappings: isObject(data["Mappings"]) ? data["Mappings"] : {},
    listOf,
    names: new Map(),
  }) as PlainObject;
}

type Scope = {
  readonly mappings: PlainObject;
  readonly listOf: (parameter: string) => unknown;
  readonly names: ReadonlyMap<string, string>;
};

const ONLY_EXTENDED = /^Fn::(ToJsonString|Length)$/;

/** What only the transform makes of a template. */
export function refuseExtensions(value: unknown): void {
  if (Array.isArray(value)) for (const item of value) refuseExtensions(item);
  if (!isObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (key.startsWith("Fn::ForEach"))
      throw templateFormat("Fn::ForEach is supported only with the AWS::LanguageExtensions transform.");
    if (ONLY_EXTENDED.test(key))
      throw templateFormat(`Unresolved function ${key}: it needs the transform AWS::LanguageExtensions.`);
    refuseExtensions(item);
  }
}

function unroll(value: unknown, scope: Scope): unknown {
  if (typeof value === "string") return fill(value, scope);
  if (Array.isArray(value)) return value.map((item) => unroll(item, scope));
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] === "Ref" && scope.names.has(String(value["Ref"])))
    return scope.names.get(String(value["Ref"]));
  const out: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (key.startsWith("Fn::ForEach::")) Object.assign(out, repeat(item, scope));
    else out[fill(key, scope)] = unroll(item, scope);
  }
  return out;
}

/** `${Name}` stands for the loop's value; `&{Name}` for it without what is not alphanumeric. */
function fill(text: string, scope: Scope): string {
  if (scope.names.size === 0) return text;
  return text.replace(/([$&])\{([A-Za-z0-9]+)\}/g, (whole, sign: string, name: string) => {
    const value = scope.names.get(name);
    if (value === undefined) return whole;
    return sign === "&" ? value.replace(/[^A-Za-z0-9]/g, "") : value;
  });
}

function repeat(argument: unknown, scope: Scope): Record<string, unknown> {
  if (!Array.isArray(argument) || argument.length !== 3 || typeof argument[0] !== "string" || !isObject(argument[2]))
    throw templateError("Fn::ForEach requires an identifier, a collection and an output");
  const [identifier, collection, body] = argument as [string, unknown, PlainObject];
  const out: Record<string, unknown> = {};
  for (const item of collectionOf(collection, scope))
    Object.assign(out, unroll(body, { ...scope, names: new Map(scope.names).set(identifier, item) }));
  return out;
}

function collectionOf(value: unknown, scope: Scope): readonly string[] {
  if (Array.isArray(value))
    return value.flatMap((item) => (isObject(item) ? collectionOf(item, scope) : [String(unroll(item, scope))]));
  if (isObject(value) && typeof value["Ref"] === "string") {
    const found = scope.names.get(value["Ref"]) ?? scope.listOf(value["Ref"]);
    if (Array.isArray(found)) return found.map(String);
    if (typeof found === "string") return found.split(",").map((item) => item.trim());
  }
  const found = isObject(value) ? mapped(value["Fn::FindInMap"], scope) : undefined;
  if (Array.isArray(found)) return found.map(String);
  throw templateError("Fn::ForEach could not resolve its collection to a list of strings");
}

function mapped(argument: unknown, scope: Scope): unknown {
  if (!Array.isArray(argument)) return undefined;
  const path = argument.slice(0, 3).map((item) => String(unroll(item, scope)));
  return path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), scope.mappings);
}
