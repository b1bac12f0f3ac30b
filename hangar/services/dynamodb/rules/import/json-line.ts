// An item in DynamoDB's JSON, as exports write it: `{"Item":{"id":{"S":"x"}}}`.

import type { AttributeValue, Item } from "../attribute-value.ts";
import { MAX_TEXT_DEPTH, UnreadableText } from "./unreadable.ts";

export function itemOfJson(line: string): Item {
  const parsed = parse(line);
  const item = isObject(parsed) && Object.hasOwn(parsed, "Item") ? parsed["Item"] : undefined;
  if (!isObject(item)) throw new UnreadableText("The line has no Item.");
  return mapOf(item, 0);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new UnreadableText("The line is no JSON.");
  }
}

type Json = { readonly [name: string]: unknown };

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member named `__proto__` is a member like any other: fromEntries defines, it does not assign. */
function mapOf(json: Json, depth: number): Item {
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, attributeOf(value, depth)]));
}

function attributeOf(json: unknown, depth: number): AttributeValue {
  if (depth > MAX_TEXT_DEPTH) throw new UnreadableText("The item is nested too deeply.");
  if (!isObject(json)) throw new UnreadableText("An attribute has no type.");
  const [entry, ...more] = Object.entries(json);
  if (entry === undefined || more.length > 0) throw new UnreadableText("An attribute must have exactly one type.");
  const [type, value] = entry;
  switch (type) {
    case "S":
    case "N":
      if (typeof value === "string") return { [type]: value };
      break;
    case "BOOL":
    case "NULL":
      if (typeof value === "boolean") return { [type]: value };
      break;
    case "B":
      return { B: bytesOf(value) };
    case "SS":
    case "NS":
      return { [type]: listOf(value).map(textOf) };
    case "BS":
      return { BS: listOf(value).map(bytesOf) };
    case "L":
      return { L: listOf(value).map((each) => attributeOf(each, depth + 1)) };
    case "M":
      if (isObject(value)) return { M: mapOf(value, depth + 1) };
      break;
    default:
  }
  throw new UnreadableText(`An attribute of type ${type} cannot be read.`);
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new UnreadableText("A list or set is no list.");
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  throw new UnreadableText("A member of a set is no text.");
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

export function bytesOf(value: unknown): Uint8Array {
  if (typeof value !== "string" || value.length % 4 !== 0 || !BASE64.test(value))
    throw new UnreadableText("A binary value is no base64.");
  return new Uint8Array(Buffer.from(value, "base64"));
}
