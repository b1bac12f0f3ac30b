// A table's history for point-in-time recovery: an undo log of one row for each item and second of change.

import type { Range } from "../../../kernel/table.ts";
import { secondOf } from "../rules/recovery.ts";
import type { DynamoContext, DynamoStore, HistoryExtent, ItemRow, TableRow } from "../store.ts";
import type { ItemChange } from "./write-item.ts";

type Place = { readonly table: TableRow; readonly store: DynamoStore };

/** Beyond this a table forgets its oldest history early, and says so in EarliestRestorableDateTime. */
const MAX_BYTES = 512 * 1024 * 1024;
/** What a row takes beside the item it keeps. */
const ROW_BYTES = 200;
const REMOVED_AT_ONCE = 4;
const SECOND_CHARS = 11;
const DAY = 86_400;

/** Keys that start with `prefix` end before this one: no key has a char above U+00FF. */
const afterAll = (prefix: string): string => `${prefix}\u0100`;

function secondKey(table: TableRow, second: number): string {
  return table.storage + String(second).padStart(SECOND_CHARS, "0");
}

/** Changes of `from` and later, up to but without `to`. */
export function changes(table: TableRow, from: number, to?: number): Range {
  return { from: secondKey(table, from), to: to === undefined ? afterAll(table.storage) : secondKey(table, to) };
}

export function secondOfChange({ storage }: TableRow, key: string): number {
  return Number(key.slice(storage.length, storage.length + SECOND_CHARS));
}

export function keyOfChange({ storage }: TableRow, key: string): string {
  return key.slice(storage.length + SECOND_CHARS);
}

export function rememberBefore(context: DynamoContext, place: Place, { key, before }: ItemChange): void {
  const { table, store } = place;
  const second = secondOf(context.clock.now());
  const at = secondKey(table, second) + key.slice(table.storage.length);
  if (store.history.has(at)) return;
  store.history.put(at, before === undefined ? {} : { before });
  const extent = store.historyExtents.get(table.storage) ?? { from: second, bytes: 0 };
  const grown = { from: extent.from, bytes: extent.bytes + bytesOf(at, before) };
  store.historyExtents.put(table.storage, forgetOldest(place, grown, second));
}

function bytesOf(key: string, before: ItemRow | undefined): number {
  return ROW_BYTES + key.length + (before?.size ?? 0);
}

/** A few at a time, as new ones come: the work of a write stays small however long the clock was moved. */
function forgetOldest({ table, store }: Place, extent: HistoryExtent, now: number): HistoryExtent {
  const oldestKept = now - (table.recovery?.days ?? 0) * DAY;
  let { from, bytes } = extent;
  for (let count = 0; count < REMOVED_AT_ONCE || bytes > MAX_BYTES; count += 1) {
    const oldest = store.history.first({ prefix: table.storage });
    if (oldest === undefined) break;
    const [key, { before }] = oldest;
    const second = secondOfChange(table, key);
    if (second >= oldestKept && bytes <= MAX_BYTES) break;
    store.history.delete(key);
    bytes -= bytesOf(key, before);
    from = Math.max(from, second);
  }
  return { from, bytes };
}

export function beginHistory({ table, store }: Place, now: number): void {
  store.historyExtents.put(table.storage, { from: secondOf(now), bytes: 0 });
}

export function dropHistory({ table, store }: Place): void {
  if (store.historyExtents.delete(table.storage) === undefined) return;
  for (const key of Array.from(store.history.keys({ prefix: table.storage }))) store.history.delete(key);
}

/** The first second a table can go back to. Without history of its own there is none but now. */
export function historyFrom({ table, store }: Place, now: number): number {
  return store.historyExtents.get(table.storage)?.from ?? secondOf(now);
}

/** Items as they were when a second ended, in order of key: without their table's storage. All are read as of the first one asked for. */
export function* itemsAt({ table, store }: Place, second: number): Generator<readonly [string, ItemRow]> {
  const past = stateBefore({ table, store }, changes(table, second + 1));
  const start = table.storage.length;
  const gone = [...past]
    .flatMap(([key, row]) => (row === undefined || store.items.has(table.storage + key) ? [] : [[key, row] as const]))
    .toSorted(([left], [right]) => (left < right ? -1 : 1));
  let next = 0;
  for (const [fullKey, row] of store.items.range({ prefix: table.storage })) {
    const key = fullKey.slice(start);
    for (; next < gone.length && (gone[next]?.[0] as string) < key; next += 1)
      yield gone[next] as readonly [string, ItemRow];
    const then = past.has(key) ? past.get(key) : row;
    if (then !== undefined) yield [key, then];
  }
  yield* gone.slice(next);
}

/** Of each item that was changed: what it was before the first of these changes. */
export function stateBefore({ table, store }: Place, range: Range): ReadonlyMap<string, ItemRow | undefined> {
  const first = new Map<string, ItemRow | undefined>();
  for (const [fullKey, row] of store.history.range(range)) {
    const key = keyOfChange(table, fullKey);
    if (!first.has(key)) first.set(key, row.before);
  }
  return first;
}
