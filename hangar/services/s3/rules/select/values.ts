// Values as S3 Select's SQL knows them: JSON's, timestamps, and MISSING, which is undefined.

import { fault } from "./faults.ts";
import { Timestamp, timestampText } from "./timestamps.ts";

/** A record of CSV: fields, and their names where the file has a header. */
export class CsvRecord {
  readonly fields: readonly string[];
  readonly names: readonly string[] | undefined;

  constructor(fields: readonly string[], names: readonly string[] | undefined) {
    this.fields = fields;
    this.names = names;
  }
}

export type Members = { readonly [name: string]: Value };
export type Value = undefined | null | boolean | number | string | Timestamp | CsvRecord | readonly Value[] | Members;

export function isMembers(value: Value): value is Members {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Timestamp) &&
    !(value instanceof CsvRecord)
  );
}

const NUMBER = /^\s*[+-]?(\d+(?:\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*$/;

/** CSV has only text, so text that is a number stands for it. */
export function numberIn(value: Value): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && NUMBER.test(value) ? Number(value) : undefined;
}

/** For arithmetic and sums; null where there is no value. */
export function numberOrNull(value: Value): number | null {
  if (value === undefined || value === null) return null;
  const number = numberIn(value);
  if (number === undefined) throw fault("IncorrectSqlFunctionArgumentType");
  return number;
}

/** Negative, zero or positive; undefined where the two cannot be compared. */
export function compare(left: Value, right: Value): number | undefined {
  if (typeof left === "string" && typeof right === "string") return left === right ? 0 : left < right ? -1 : 1;
  if (typeof left === "number" || typeof right === "number") {
    const [a, b] = [numberIn(left), numberIn(right)];
    return a === undefined || b === undefined ? undefined : a - b;
  }
  if (left instanceof Timestamp && right instanceof Timestamp) return left.ms - right.ms;
  if (typeof left === "boolean" || typeof right === "boolean") {
    const [a, b] = [truthIn(left), truthIn(right)];
    return a === undefined || b === undefined ? undefined : Number(a) - Number(b);
  }
  if (typeof left !== "object" || typeof right !== "object") return undefined;
  return jsonText(left) === jsonText(right) ? 0 : undefined;
}

export function truthIn(value: Value): boolean | undefined {
  if (typeof value === "boolean") return value;
  const text = typeof value === "string" ? value.toLowerCase() : undefined;
  return text === "true" ? true : text === "false" ? false : undefined;
}

/** The members of a record by name, in order, for `*`. */
export function membersOf(value: Value): readonly (readonly [name: string, value: Value])[] {
  if (value instanceof CsvRecord) {
    return value.fields.map((field, index) => [value.names?.[index] ?? `_${index + 1}`, field] as const);
  }
  if (isMembers(value)) return Object.entries(value);
  return value === undefined ? [] : [["_1", value]];
}

/** Hostile nesting ends as an error, not as an exhausted stack. */
const DEEPEST = 500;

function plain(value: Value, depth = 0): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEEPEST) throw fault("JSONParsingError");
  if (value instanceof Timestamp) return timestampText(value);
  if (value instanceof CsvRecord) return Object.fromEntries(membersOf(value));
  if (Array.isArray(value)) return value.map((each: Value) => plain(each, depth + 1) ?? null);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each, depth + 1)]));
}

export function jsonText(value: Value): string {
  return JSON.stringify(plain(value)) ?? "";
}

/** As CSV and string functions write it. */
export function textOf(value: Value): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  return value instanceof Timestamp ? timestampText(value) : jsonText(value);
}
