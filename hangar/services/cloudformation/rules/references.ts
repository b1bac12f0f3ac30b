// What a piece of a template refers to: resources and parameters by Ref, attributes by GetAtt, conditions by name.

import { isObject, splitAttribute } from "./template.ts";

export type Reference =
  | { readonly kind: "ref"; readonly name: string }
  | { readonly kind: "attribute"; readonly name: string; readonly attribute: string }
  | { readonly kind: "condition"; readonly name: string };

export const GET_ATT =
  "every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute";

/** `${A}` and `${A.B}` in a Sub text; `${!A}` is a literal `${A}`. */
const PLACEHOLDER = /\$\{([^!}][^}]*)\}/g;

function placeholders(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => (match[1] ?? "").trim());
}

function placeholderReference(name: string): Reference {
  const dot = name.indexOf(".");
  return dot < 0 || name.startsWith("AWS::")
    ? { kind: "ref", name }
    : { kind: "attribute", name: name.slice(0, dot), attribute: name.slice(dot + 1) };
}

function* subReferences(argument: unknown): Generator<Reference> {
  const [text, own] = Array.isArray(argument)
    ? [argument[0] as unknown, argument[1] as unknown]
    : [argument, undefined];
  const names = isObject(own) ? own : {};
  if (typeof text === "string")
    for (const name of placeholders(text)) if (!Object.hasOwn(names, name)) yield placeholderReference(name);
  yield* references(names);
}

function* functionReferences(name: string, argument: unknown): Generator<Reference> {
  if (name === "Ref") {
    if (typeof argument === "string") yield { kind: "ref", name: argument };
  } else if (name === "Condition") {
    if (typeof argument === "string") yield { kind: "condition", name: argument };
  } else if (name === "Fn::GetAtt") {
    const parts: readonly unknown[] =
      typeof argument === "string" ? splitAttribute(argument) : Array.isArray(argument) ? (argument as unknown[]) : [];
    if (typeof parts[0] === "string")
      yield {
        kind: "attribute",
        name: parts[0],
        attribute: typeof parts[1] === "string" ? parts.slice(1).join(".") : parts[1] === undefined ? "" : "*",
      };
    else yield* references(parts);
    if (typeof parts[1] !== "string") yield* references(parts[1]);
  } else if (name === "Fn::Sub") {
    yield* subReferences(argument);
  } else if (name === "Fn::If" && Array.isArray(argument)) {
    if (typeof argument[0] === "string") yield { kind: "condition", name: argument[0] };
    yield* references(argument.slice(1));
  } else {
    yield* references(argument);
  }
}

export function isFunctionName(key: string): boolean {
  return key === "Ref" || key.startsWith("Fn::");
}

/** All references in a value, in the order they stand. A lone `Condition` key counts as one only where `conditions` says so. */
export function* references(value: unknown, conditions = false): Generator<Reference> {
  if (Array.isArray(value)) {
    for (const item of value) yield* references(item, conditions);
    return;
  }
  if (!isObject(value)) return;
  const keys = Object.keys(value);
  const [only] = keys;
  if (keys.length === 1 && only !== undefined && (isFunctionName(only) || (conditions && only === "Condition"))) {
    if (conditions && only !== "Fn::If" && only.startsWith("Fn::")) yield* references(value[only], true);
    else yield* functionReferences(only, value[only]);
    return;
  }
  for (const key of keys) yield* references(value[key], conditions);
}
