// Values of a serverless template: what counts as a map, a text, a function, or nothing.

import { isObject } from "../template.ts";
import { entriesOf, keysOf, Literal, plain, type Fields } from "./python-order.ts";

export function isFields(value: unknown): value is Fields {
  return isObject(value) && !(value instanceof Literal);
}

export function textOf(value: unknown): string | undefined {
  return value instanceof Literal ? value.text : typeof value === "string" ? value : undefined;
}

/** The member of its own, never one that every object has. */
export function at(fields: unknown, key: string): unknown {
  return isFields(fields) && Object.hasOwn(fields, key) ? fields[key] : undefined;
}

export function fieldsAt(fields: unknown, key: string): Fields | undefined {
  const found = at(fields, key);
  return isFields(found) ? found : undefined;
}

/** Empty lists, maps and texts, zero and false count as absent. */
export function filled(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isFields(value)) return keysOf(value).length > 0;
  return value instanceof Literal || Boolean(value);
}

/** The function's name, where the value is a function of CloudFormation. */
function functionOf(value: unknown): string | undefined {
  if (!isFields(value)) return undefined;
  const [name, ...more] = keysOf(value);
  if (name === undefined || more.length > 0) return undefined;
  return name === "Ref" || name === "Condition" || name.startsWith("Fn::") ? name : undefined;
}

export function isFunction(value: unknown): value is Fields {
  return functionOf(value) !== undefined;
}

export function isNoValue(value: unknown): boolean {
  return functionOf(value) === "Ref" && textOf(at(value, "Ref")) === "AWS::NoValue";
}

export function isIf(value: unknown): value is Fields {
  return functionOf(value) === "Fn::If";
}

export function ref(name: string | Literal): Fields {
  return { Ref: name };
}

export function getAtt(logicalId: string, attribute: string): Fields {
  return { "Fn::GetAtt": [logicalId, new Literal(attribute)] };
}

export function sub(text: string | Literal, variables?: Fields): Fields {
  return { "Fn::Sub": variables === undefined ? text : [text, variables] };
}

export function conditional(condition: string | Literal, whenTrue: unknown, whenFalse: unknown = noValue()): Fields {
  return { "Fn::If": [condition, whenTrue, whenFalse] };
}

function noValue(): Fields {
  return ref(new Literal("AWS::NoValue"));
}

/** The logical id that `Ref` or `Fn::GetAtt` names. */
export function idIn(value: unknown): string | undefined {
  if (!isFunction(value)) return undefined;
  const named = textOf(at(value, "Ref"));
  if (named !== undefined) return named;
  const attribute = at(value, "Fn::GetAtt");
  if (Array.isArray(attribute)) return attribute.length === 2 ? textOf(attribute[0]) : undefined;
  const parts = textOf(attribute)?.split(".") ?? [];
  return parts.length === 2 ? parts[0] : undefined;
}

export function sameValue(left: unknown, right: unknown): boolean {
  return canonical(left) === canonical(right);
}

function canonical(value: unknown): string {
  return JSON.stringify(plain(value), (_key, item: unknown) =>
    isFields(item) ? Object.fromEntries(entriesOf(item).sort(([left], [right]) => (left < right ? -1 : 1))) : item,
  );
}

/** Names as SAM's messages list them. */
export function listed(names: readonly string[]): string {
  return `[${names.map((name) => `'${name}'`).join(", ")}]`;
}

export function isAlphanumeric(text: string): boolean {
  return /^[\p{L}\p{N}]+$/u.test(text);
}
