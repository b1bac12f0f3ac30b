// Where rows stand in the tables: keys whose code-unit order is DynamoDB's order, and the ranges that queries read.

import { hash } from "node:crypto";
import { byteKey } from "../../../kernel/table.ts";
import type { AttributeValue } from "./attribute-value.ts";
import { numberBytes } from "./decimal.ts";

/** One char a byte: text as UTF-8, numbers in an order-keeping form. */
export function keyBytes(value: AttributeValue): string {
  if (value.S !== undefined) return byteKey(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  return Buffer.from(value.B as Uint8Array).toString("latin1");
}

/** Items stand in the order of a hash of their partition key, as DynamoDB scans them: segments are ranges of it. */
function partitionHash(partition: string): string {
  const text = `Outliers${partition}`;
  const digest = Number.parseInt(
    hash("md5", isAscii(partition) ? text : Buffer.from(text, "latin1")).slice(0, 2 * HASH_BYTES),
    16,
  );
  return String.fromCharCode(digest >> 16, (digest >> 8) & 0xff, digest & 0xff);
}

/** ASCII need not be turned into bytes first, which takes longer than hashing it. */
function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

const HASH_BYTES = 3;
const HASHES = 256 ** HASH_BYTES;

/** The common start of all rows of one partition. `storage` names the table or index. */
export function partitionPrefix(storage: string, partition: AttributeValue): string {
  const bytes = keyBytes(partition);
  return storage + partitionHash(bytes) + lengthOf(bytes) + bytes;
}

/** The same where several attributes make a partition key: they are hashed together. */
export function severalPrefix(storage: string, partitions: readonly AttributeValue[]): string {
  const bytes = partitions.map(keyBytes);
  return storage + partitionHash(bytes.join("")) + bytes.map((each) => lengthOf(each) + each).join("");
}

function lengthOf(bytes: string): string {
  return String.fromCharCode(bytes.length >> 8, bytes.length & 0xff);
}

/** Sort keys end in two NULs, so that what follows never disturbs their order. */
function escaped(sort: string): string {
  return sort.includes("\u0000") ? sort.replaceAll("\u0000", "\u0000\u00ff") : sort;
}

export function sortBytes(sort: AttributeValue): string {
  return `${escaped(keyBytes(sort))}\u0000\u0000`;
}

export type SortOperator = "=" | "<" | "<=" | ">" | ">=" | "BETWEEN" | "begins_with";
export type SortCondition = { readonly operator: SortOperator; readonly values: readonly AttributeValue[] };

/** Keys from `from` on, up to but without `to`. */
export type KeyRange = { readonly from: string; readonly to: string };

/** The first key after all that start with `prefix`: every key is made of chars below U+0100. */
export function afterAll(prefix: string): string {
  return `${prefix}\u0100`;
}

/** Rows of a partition whose sort key meets the condition. */
export function sortRange(prefix: string, condition: SortCondition | undefined): KeyRange {
  if (condition === undefined) return { from: prefix, to: afterAll(prefix) };
  const [first, second] = condition.values as [AttributeValue, AttributeValue];
  const at = prefix + sortBytes(first);
  switch (condition.operator) {
    case "=":
      return { from: at, to: afterAll(at) };
    case "<":
      return { from: prefix, to: at };
    case "<=":
      return { from: prefix, to: afterAll(at) };
    case ">":
      return { from: afterAll(at), to: afterAll(prefix) };
    case ">=":
      return { from: at, to: afterAll(prefix) };
    case "BETWEEN":
      return { from: at, to: afterAll(prefix + sortBytes(second)) };
    case "begins_with": {
      const start = prefix + escaped(keyBytes(first));
      return { from: start, to: afterAll(start) };
    }
  }
}

/** The part of a table or index that one of `total` scan workers reads. */
export function segmentRange(storage: string, segment: number, total: number): KeyRange {
  return {
    from: storage + hashAt(segment, total),
    to: segment + 1 === total ? afterAll(storage) : storage + hashAt(segment + 1, total),
  };
}

function hashAt(segment: number, total: number): string {
  const at = Math.ceil((HASHES * segment) / total);
  return String.fromCharCode((at >> 16) & 0xff, (at >> 8) & 0xff, at & 0xff);
}
