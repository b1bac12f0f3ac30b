// Item collections: all items of one partition key in a table with local indexes, and their rows in these. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html#LSI.ItemCollections

import type { RowChange, Projector } from "./capacity.ts";
import { indexKey } from "./item-key.ts";
import type { TableSchema } from "./table-schema.ts";
import type { ItemRow } from "../store.ts";

const GIGABYTE = 1024 ** 3;
const MAX_BYTES = 10 * GIGABYTE;

/** Chars of a key between its storage and the bytes of its partition: a hash and a length. */
const HASH_CHARS = 3;
const LENGTH_CHARS = 2;

/** The start that all keys of an item's partition have, storage included. */
export function collectionOf(key: string, { storage }: Pick<TableSchema, "storage">): string {
  const at = storage.length + HASH_CHARS;
  const length = (key.charCodeAt(at) << 8) | key.charCodeAt(at + 1);
  return key.slice(0, at + LENGTH_CHARS + length);
}

/** By how many bytes a change makes its collection larger. */
export function growth(schema: TableSchema, key: string, { before, after }: RowChange, project: Projector): number {
  return bytesOf(schema, key, after, project) - bytesOf(schema, key, before, project);
}

function bytesOf(schema: TableSchema, key: string, row: ItemRow | undefined, project: Projector): number {
  if (row === undefined) return 0;
  let bytes = row.size;
  for (const index of schema.local) if (indexKey(index, row.item, key) !== undefined) bytes += project(index, row).size;
  return bytes;
}

/** What makes a collection no larger is let through, however large it is. */
export function fits(bytes: number, grows: number, most = MAX_BYTES): boolean {
  return grows <= 0 || bytes + grows <= most;
}

/** SizeEstimateRangeGB: bounds in whole gigabytes. */
export function estimate(bytes: number): [number, number] {
  const lower = Math.floor(bytes / GIGABYTE);
  return [lower, lower + 1];
}
