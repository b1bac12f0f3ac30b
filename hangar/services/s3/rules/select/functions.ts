// The scalar functions of S3 Select. https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-select-sql-reference-sql-functions.html

import { fault } from "./faults.ts";
import { formatTimestamp } from "./timestamp-patterns.ts";
import { dateAdd, dateDiff, datePart, parseTimestamp, Timestamp } from "./timestamps.ts";
import { compare, isMembers, numberIn, truthIn, textOf, type Value } from "./values.ts";

export type Call = { readonly words: readonly string[]; readonly values: readonly Value[]; readonly now: number };
type Rule = {
  readonly least: number;
  readonly most: number;
  /** It sees null and MISSING; the others answer null to them. */
  readonly nulls?: boolean;
  readonly call: (call: Call) => Value;
};

function text(value: Value): string {
  if (typeof value !== "string") throw fault("IncorrectSqlFunctionArgumentType");
  return value;
}

function time(value: Value): Timestamp {
  const found = typeof value === "string" ? parseTimestamp(value) : value;
  if (!(found instanceof Timestamp)) throw fault("IncorrectSqlFunctionArgumentType");
  return found;
}

function whole(value: Value): number {
  const found = numberIn(value);
  if (found === undefined || !Number.isInteger(found)) throw fault("IncorrectSqlFunctionArgumentType");
  return found;
}

const length: Rule = { least: 1, most: 1, call: ({ values: [value] }) => Array.from(text(value)).length };

export const FUNCTIONS: Readonly<Record<string, Rule>> = {
  CHAR_LENGTH: length,
  CHARACTER_LENGTH: length,
  LOWER: { least: 1, most: 1, call: ({ values: [value] }) => text(value).toLowerCase() },
  UPPER: { least: 1, most: 1, call: ({ values: [value] }) => text(value).toUpperCase() },
  TRIM: { least: 1, most: 2, call: ({ words: [side], values: [value, cut] }) => trim(text(value), side, cut) },
  SUBSTRING: { least: 2, most: 3, call: ({ values }) => substring(values) },
  COALESCE: {
    least: 1,
    most: 100,
    nulls: true,
    call: ({ values }) => values.find((value) => value !== null && value !== undefined) ?? null,
  },
  NULLIF: { least: 2, most: 2, nulls: true, call: ({ values: [a, b] }) => (compare(a, b) === 0 ? null : a) },
  UTCNOW: { least: 0, most: 0, call: ({ now }) => new Timestamp(now) },
  EXTRACT: { least: 1, most: 1, call: ({ words: [part = ""], values: [value] }) => datePart(part, time(value)) },
  DATE_ADD: { least: 2, most: 2, call: (call) => added(call) },
  DATE_DIFF: {
    least: 2,
    most: 2,
    call: ({ words: [part = ""], values: [from, to] }) => dateDiff(part, time(from), time(to)),
  },
  TO_STRING: { least: 2, most: 2, call: ({ values: [value, form] }) => formatTimestamp(time(value), text(form)) },
  TO_TIMESTAMP: { least: 1, most: 1, call: ({ values: [value] }) => parsed(text(value)) },
};

export function ruleOf(name: string, count: number): Rule {
  const rule = FUNCTIONS[name];
  if (rule === undefined) throw fault("UnsupportedFunction");
  if (count < rule.least || count > rule.most) throw fault("EvaluatorInvalidArguments");
  return rule;
}

function trim(value: string, side: string | undefined, cut: Value): string {
  const characters = cut === undefined ? " " : text(cut);
  let [start, end] = [0, value.length];
  if (side !== "TRAILING") while (start < end && characters.includes(value.charAt(start))) start += 1;
  if (side !== "LEADING") while (end > start && characters.includes(value.charAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

/** Positions count from one; what stands before the text counts against the length. */
function substring([value, from, count]: readonly Value[]): string {
  const characters = Array.from(text(value));
  const start = whole(from) - 1;
  if (count === undefined) return characters.slice(Math.max(start, 0)).join("");
  const size = whole(count);
  if (size < 0) throw fault("EvaluatorInvalidArguments");
  return characters.slice(Math.max(start, 0), Math.max(start + size, 0)).join("");
}

function added({ words: [part = ""], values: [count, value] }: Call): Timestamp {
  const sum = dateAdd(part, whole(count), time(value));
  if (sum === undefined) throw fault("ValueParseFailure");
  return sum;
}

function parsed(value: string): Timestamp {
  const timestamp = parseTimestamp(value);
  if (timestamp === undefined) throw fault("ValueParseFailure");
  return timestamp;
}

const LARGEST = 2 ** 63;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-select-sql-reference-conversion.html */
export function cast(value: Value, type: string): Value {
  if (value === null || value === undefined) return value;
  const found = converted(value, type);
  if (found === undefined) throw fault("CastFailed");
  return found;
}

function converted(value: Value, type: string): Value {
  switch (type) {
    case "BOOL":
    case "BOOLEAN":
      return typeof value === "number" ? value !== 0 : truthIn(value);
    case "INT":
    case "INTEGER":
      return integer(value);
    case "FLOAT":
    case "DECIMAL":
    case "NUMERIC":
      return typeof value === "boolean" ? Number(value) : numberIn(value);
    case "TIMESTAMP":
      return value instanceof Timestamp ? value : typeof value === "string" ? parseTimestamp(value) : undefined;
    default:
      return Array.isArray(value) || isMembers(value) ? undefined : textOf(value);
  }
}

function integer(value: Value): number | undefined {
  if (typeof value === "boolean") return Number(value);
  const number = numberIn(value);
  if (number === undefined) return undefined;
  const cut = Math.trunc(number);
  if (cut >= LARGEST || cut < -LARGEST) throw fault("IntegerOverflow");
  return cut || 0;
}
