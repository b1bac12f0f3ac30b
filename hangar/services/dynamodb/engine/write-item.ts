// Writes one item: its row, its index rows, its stream record and its expiry.

import { sameItem } from "../rules/compare-values.ts";
import { indexKey } from "../rules/item-key.ts";
import { projectedRow } from "../rules/projected-row.ts";
import type { DynamoContext, DynamoStore, ItemRow, TableRow } from "../store.ts";
import type { FoundTable } from "./find-table.ts";
import { trackExpiry } from "./expiries.ts";
import { rememberBefore } from "./history.ts";
import { writeLater } from "./index-lag.ts";
import { growCollection } from "./item-collections.ts";
import { sendToKinesis } from "./kinesis-writer.ts";
import { replicasOf, sendWrite } from "./replicas.ts";
import { writeStreamRecord } from "./stream-writer.ts";

export type ItemChange = {
  readonly key: string;
  readonly before: ItemRow | undefined;
  readonly after: ItemRow | undefined;
  /** TTL deletions carry DynamoDB itself as their author. */
  readonly byTtl?: true | undefined;
  /** Done first in another replica of a global table: it goes no farther, and expires there. */
  readonly replicated?: true | undefined;
};

export function writeItem(context: DynamoContext, { table, schema, store }: FoundTable, change: ItemChange): void {
  const { key, before, after } = change;
  if (schema.local.length > 0) growCollection({ schema, store }, change);
  if (after !== undefined) store.items.put(key, after);
  else if (before !== undefined) store.items.delete(key);
  else return;
  if (table.recovery?.enabled === true) rememberBefore(context, { table, store }, change);
  if (schema.indexes.length > 0) writeIndexRows(context, { table, schema, store }, change);
  if (table.ttl !== undefined) trackExpiry(context, { table, store }, change);
  if (table.stream?.enabled === true && !unchanged(change))
    writeStreamRecord(context, { table, schema, store }, change);
  if (table.kinesis !== undefined && !unchanged(change)) sendToKinesis(context, { table, schema, store }, change);
  if (table.global !== undefined && change.replicated === undefined) writeReplicas(context, table, store, change);
}

function writeReplicas(context: DynamoContext, table: TableRow, store: DynamoStore, change: ItemChange): void {
  if (table.global?.strong === undefined) return sendWrite(context, table, store, change);
  const { key, after } = change;
  for (const replica of replicasOf(context, table))
    writeItem(context, replica, { key, before: replica.store.items.get(key), after, replicated: true });
}

function unchanged({ before, after }: ItemChange): boolean {
  return before !== undefined && after !== undefined && before.size === after.size && sameItem(before.item, after.item);
}

function writeIndexRows(context: DynamoContext, found: FoundTable, change: ItemChange): void {
  const { schema, store } = found;
  const { key, before, after } = change;
  const lags = context.world.dynamodb.indexLag !== undefined;
  for (const index of schema.indexes) {
    if (lags && index.global && writeLater(context, found, index, change)) continue;
    const newKey = after === undefined ? undefined : indexKey(index, after.item, key);
    const oldKey = before === undefined ? undefined : indexKey(index, before.item, key);
    if (oldKey !== undefined && oldKey !== newKey) store.indexed.delete(oldKey);
    if (newKey !== undefined && after !== undefined) store.indexed.put(newKey, projectedRow(index, after));
  }
}
