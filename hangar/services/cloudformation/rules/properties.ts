// A resource's properties against what its type takes: unknown ones, missing ones, and texts that stand for numbers or booleans.

import { textOf } from "./text.ts";
import type { CloudFormationProperty, CloudFormationType } from "../../../models/model.ts";
import { invalid } from "../errors.ts";
import { isUnknown } from "./environment.ts";
import { isFunctionName } from "./references.ts";
import { isObject, type PlainObject } from "./template.ts";

type Definitions = CloudFormationType["definitions"];
type Fields = Readonly<Record<string, CloudFormationProperty>>;

const TAG: Fields = { Key: { type: "string", required: true }, Value: { type: "string", required: true } };

/** The properties as the type's handler gets them. Throws in AWS's words when they cannot be. */
export function coerceProperties(properties: PlainObject, facts: CloudFormationType): PlainObject {
  return coerceFields(properties, facts.properties, facts.definitions, "");
}

function coerceFields(value: PlainObject, fields: Fields, definitions: Definitions, path: string): PlainObject {
  const out: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const field = fields[key];
    if (field === undefined) throw invalid(`Encountered unsupported property ${key}`);
    out[key] = coerce(item, field.type, definitions, `${path}/${key}`);
  }
  const missing = Object.entries(fields).filter(([key, field]) => field.required === true && value[key] === undefined);
  if (missing.length > 0)
    throw invalid(
      `Property validation failure: [${missing.map(([key]) => `The property {${path}/${key}} is required`).join(", ")}]`,
    );
  return out;
}

/** Splits `a|b` and the inside of `array<…>` only at the top level. */
export function alternatives(type: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let from = 0;
  for (let index = 0; index < type.length; index += 1) {
    const letter = type[index];
    if (letter === "<") depth += 1;
    else if (letter === ">") depth -= 1;
    else if (letter === "|" && depth === 0) {
      out.push(type.slice(from, index));
      from = index + 1;
    }
  }
  return [...out, type.slice(from)];
}

export function innerType(type: string): string | undefined {
  return /^(?:array|map)<(.*)>$/.exec(type)?.[1];
}

function coerce(value: unknown, type: string, definitions: Definitions, path: string): unknown {
  if (isUnknown(value) || isPending(value)) return value;
  const choices = alternatives(type);
  if (choices.length > 1) return coerceEither(value, choices, definitions, path);
  const wrong = (what: string): Error =>
    invalid(`Value of property ${path.slice(path.lastIndexOf("/") + 1)} must be ${what}`);
  const inner = innerType(type);
  if (type.startsWith("array<") && inner !== undefined) {
    if (!Array.isArray(value)) throw wrong(inner === "string" ? "of type List of String" : "of type List");
    return value.map((item, index) => coerce(item, inner, definitions, `${path}/${index}`));
  }
  if (type.startsWith("map<") && inner !== undefined) {
    if (!isObject(value)) throw wrong("an object");
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, coerce(item, inner, definitions, `${path}/${key}`)]),
    );
  }
  if (type.startsWith("ref:") || type === "tag") {
    const fields = type === "tag" ? TAG : definitions[type.slice(4)];
    if (!isObject(value)) throw wrong("an object");
    return fields === undefined ? value : coerceFields(value, fields, definitions, path);
  }
  return coerceSimple(value, type, wrong);
}

function coerceSimple(value: unknown, type: string, wrong: (what: string) => Error): unknown {
  if (type === "json") return value;
  if (typeof value === "object")
    throw wrong(
      type === "boolean"
        ? "of type Boolean"
        : type === "string" || type === "date-time"
          ? "of type String"
          : "of type Number",
    );
  if (type === "integer" || type === "number") {
    const number = typeof value === "boolean" || value === "" ? Number.NaN : Number(value);
    if (Number.isNaN(number)) throw wrong("of type Number");
    return number;
  }
  if (type === "boolean") {
    const word = textOf(value).toLowerCase();
    if (word !== "true" && word !== "false") throw wrong("of type Boolean");
    return word === "true";
  }
  return textOf(value);
}

/** The first alternative that takes the value; the last one's complaint when none does. */
function coerceEither(value: unknown, choices: readonly string[], definitions: Definitions, path: string): unknown {
  const simple = typeof value !== "object";
  const order = choices.toSorted(
    (left, right) => Number(fits(right, value, simple)) - Number(fits(left, value, simple)),
  );
  for (const [index, choice] of order.entries()) {
    try {
      return coerce(value, choice, definitions, path);
    } catch (error) {
      if (index === order.length - 1) throw error;
    }
  }
  return value;
}

function fits(type: string, value: unknown, simple: boolean): boolean {
  if (Array.isArray(value)) return type.startsWith("array<");
  if (!simple) return type.startsWith("ref:") || type.startsWith("map<");
  return type === typeof value || (type === "integer" && typeof value === "number");
}

/** A function that is not evaluated yet: nothing can be said about it. */
function isPending(value: unknown): boolean {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && isFunctionName(keys[0] ?? "");
}
