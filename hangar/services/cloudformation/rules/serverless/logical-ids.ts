// Logical ids that hold a hash of what the resource is made of: another hash is another resource.

import { createHash } from "node:crypto";
import { entriesOf, keysOf, Literal, type Fields } from "./python-order.ts";
import { isAlphanumeric, isFields } from "./values.ts";

const SHOWN = 10;

/** The first ten digits of the data's hash; none where there is no data. */
export function hashOf(data: unknown, digits = SHOWN): string {
  const text = typeof data === "string" ? data : data instanceof Literal ? data.text : jsonOf(data);
  return text === "" ? "" : createHash("sha1").update(text).digest("hex").slice(0, digits);
}

/** A name that can stand in a logical id does; another is hashed. */
export function suffixed(prefix: string, name: string): string {
  return `${prefix}${isAlphanumeric(name) ? name : hashOf(name)}`;
}

type Style = { readonly sorted: boolean; readonly comma: string; readonly colon: string };

/** JSON without spaces, keys in order. */
function jsonOf(data: unknown): string {
  return written(data, { sorted: true, comma: ",", colon: ":" });
}

/** JSON as Python writes it when nothing else is asked for. */
export function looseJsonOf(data: unknown): string {
  return written(data, { sorted: false, comma: ", ", colon: ": " });
}

function written(data: unknown, style: Style): string {
  if (data === undefined || data === null) return "null";
  if (typeof data === "string") return ascii(data);
  if (data instanceof Literal) return ascii(data.text);
  if (Array.isArray(data)) return `[${data.map((item) => written(item, style)).join(style.comma)}]`;
  if (!isFields(data)) return JSON.stringify(data);
  return `{${inOrder(data, style)
    .map(([key, value]) => `${ascii(key)}${style.colon}${written(value, style)}`)
    .join(style.comma)}}`;
}

function inOrder(fields: Fields, { sorted }: Style): [string, unknown][] {
  if (!sorted) return entriesOf(fields);
  return keysOf(fields)
    .sort((left, right) => (left < right ? -1 : 1))
    .map((key) => [key, fields[key]]);
}

function ascii(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
