// Items with a time to live, by when they expire, and the one timer a table has for the earliest.

import type { DynamoContext, DynamoStore, Item, TableRow } from "../store.ts";
import { scheduleAt } from "./schedule-at.ts";
import type { ItemChange } from "./write-item.ts";

const EXPIRE_WORK = "dynamodb.expire-items";

/** DynamoDB leaves items alone whose time is more than five years gone. */
const TOO_OLD = 5 * 365 * 24 * 3600;

type Place = { readonly table: TableRow; readonly store: DynamoStore };

/** Seconds at which an item expires; undefined when it does not. */
export function expiryOf(table: TableRow, item: Item): number | undefined {
  if (table.ttl?.enabled !== true || !Object.hasOwn(item, table.ttl.attribute)) return undefined;
  const number = item[table.ttl.attribute]?.N;
  if (number === undefined) return undefined;
  const seconds = Math.floor(Number(number));
  return seconds > 0 && seconds < 1e11 ? seconds : undefined;
}

function expiryKey(table: TableRow, seconds: number, key: string): string {
  return `${table.storage}\u0000${String(seconds).padStart(12, "0")}\u0000${key}`;
}

/** Of the replicas of a global table, the one that wrote an item last deletes it. */
export function trackExpiry(context: DynamoContext, place: Place, change: ItemChange): void {
  const { key, before, after } = change;
  const { table, store } = place;
  const old = before === undefined ? undefined : expiryOf(table, before.item);
  const next = after === undefined || change.replicated === true ? undefined : expiryOf(table, after.item);
  if (old !== undefined && old !== next) store.expiries.delete(expiryKey(table, old, key));
  if (next === undefined || (old === next && table.global === undefined) || next < context.clock.seconds() - TOO_OLD)
    return;
  store.expiries.put(expiryKey(table, next, key), key);
  setTimer(context, place, next * 1000);
}

/** Makes sure the table's timer goes off at `at` or before. */
export function setTimer(context: DynamoContext, { table, store }: Place, at: number): void {
  const timer = store.timers.get(table.storage);
  if (timer !== undefined && timer.at <= at) return;
  if (timer !== undefined) context.scheduler.cancel(timer.id);
  const { name, storage } = table;
  const id = scheduleAt(context, table, at, { kind: EXPIRE_WORK, table: name, storage });
  store.timers.put(table.storage, { at, id });
}

/** Item keys that are due, oldest first; and the time of the next one, if any. */
export function dueExpiries(
  table: TableRow,
  store: DynamoStore,
  now: number,
): { readonly keys: readonly string[]; readonly next: number | undefined } {
  const keys: string[] = [];
  const start = `${table.storage}\u0000`;
  for (const [key, item] of store.expiries.range({ prefix: start })) {
    const at = secondsOf(table, key) * 1000;
    if (at > now) return { keys, next: at };
    keys.push(item);
  }
  return { keys, next: undefined };
}

/** What one replica of a global table would have deleted, another does. */
export function handOverExpiries(context: DynamoContext, from: Place, to: Place): void {
  let first: string | undefined;
  for (const [key, item] of from.store.expiries.range({ prefix: `${from.table.storage}\u0000` })) {
    first ??= key;
    to.store.expiries.put(key, item);
  }
  if (first !== undefined) setTimer(context, to, secondsOf(to.table, first) * 1000);
}

function secondsOf({ storage }: TableRow, key: string): number {
  return Number(key.slice(storage.length + 1, storage.length + 13));
}

/** Forgets all expiries of a table. */
export function clearExpiries(context: DynamoContext, { table, store }: Place): void {
  for (const key of Array.from(store.expiries.keys({ prefix: `${table.storage}\u0000` }))) store.expiries.delete(key);
  const timer = store.timers.get(table.storage);
  if (timer === undefined) return;
  context.scheduler.cancel(timer.id);
  store.timers.delete(table.storage);
}
