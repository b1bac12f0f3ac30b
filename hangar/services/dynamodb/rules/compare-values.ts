// When two attribute values are equal, which is less, and what contains what.

import { typeOf, type AttributeValue, type Item } from "./attribute-value.ts";
import { compareNumbers } from "./decimal.ts";

/** Numbers are in stored form, so that equal numbers are equal texts. Sets have no order. */
export function sameValue(left: AttributeValue, right: AttributeValue): boolean {
  if (left.S !== undefined) return left.S === right.S;
  if (left.N !== undefined) return left.N === right.N;
  if (left.BOOL !== undefined) return left.BOOL === right.BOOL;
  if (left.NULL !== undefined) return right.NULL !== undefined;
  if (left.B !== undefined) return right.B !== undefined && sameBytes(left.B, right.B);
  if (left.SS !== undefined) return right.SS !== undefined && sameTexts(left.SS, right.SS);
  if (left.NS !== undefined) return right.NS !== undefined && sameTexts(left.NS, right.NS);
  if (left.BS !== undefined) return right.BS !== undefined && sameTexts(left.BS.map(base64), right.BS.map(base64));
  if (left.L !== undefined) {
    const other = right.L;
    return (
      other !== undefined &&
      left.L.length === other.length &&
      left.L.every((value, index) => sameValue(value, other[index] as AttributeValue))
    );
  }
  return left.M !== undefined && right.M !== undefined && sameItem(left.M, right.M);
}

export function sameItem(left: Item, right: Item): boolean {
  let count = 0;
  for (const name in left) {
    const other = Object.hasOwn(right, name) ? right[name] : undefined;
    if (other === undefined || !sameValue(left[name] as AttributeValue, other)) return false;
    count += 1;
  }
  return Object.keys(right).length === count;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && Buffer.compare(left, right) === 0;
}

function sameTexts(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return false;
  const texts = new Set(left);
  return right.every((text) => texts.has(text));
}

/** UTF-8 byte order: surrogates sort after everything else of the basic plane. */
function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a === b) continue;
    const aSurrogate = a >= 0xd800 && a <= 0xdfff;
    const bSurrogate = b >= 0xd800 && b <= 0xdfff;
    if (aSurrogate !== bSurrogate) return aSurrogate ? 1 : -1;
    return a < b ? -1 : 1;
  }
  return left.length - right.length;
}

/** Undefined when the two have no order: different types, or types without one. */
export function compareValues(left: AttributeValue, right: AttributeValue): number | undefined {
  if (left.S !== undefined) return right.S === undefined ? undefined : compareTexts(left.S, right.S);
  if (left.N !== undefined) return right.N === undefined ? undefined : compareNumbers(left.N, right.N);
  if (left.B !== undefined) return right.B === undefined ? undefined : Buffer.compare(left.B, right.B);
  return undefined;
}

export function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if (value.S !== undefined && prefix.S !== undefined) return value.S.startsWith(prefix.S);
  if (value.B === undefined || prefix.B === undefined || value.B.length < prefix.B.length) return false;
  return Buffer.compare(value.B.subarray(0, prefix.B.length), prefix.B) === 0;
}

/** A part of a text or of bytes, a member of a set, or an element of a list. */
export function contains(value: AttributeValue, part: AttributeValue): boolean {
  if (value.L !== undefined)
    return value.L.some((member) => typeOf(member) === typeOf(part) && sameValue(member, part));
  if (part.S !== undefined) return value.S?.includes(part.S) ?? value.SS?.includes(part.S) ?? false;
  if (part.N !== undefined) return value.NS?.includes(part.N) ?? false;
  const bytes = part.B;
  if (bytes === undefined) return false;
  if (value.B !== undefined) return Buffer.from(value.B).includes(Buffer.from(bytes));
  return value.BS?.some((member) => sameBytes(member, bytes)) ?? false;
}

/** What `size()` gives; undefined for types that have none. */
export function lengthOf(value: AttributeValue): number | undefined {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.M !== undefined) return Object.keys(value.M).length;
  return (value.B ?? value.SS ?? value.NS ?? value.BS ?? value.L)?.length;
}
