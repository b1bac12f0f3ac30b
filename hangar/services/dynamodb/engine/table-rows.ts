// Whole tables: made, given indexes, measured, emptied.

import { indexKey } from "../rules/item-key.ts";
import { schemaOf } from "../rules/table-schema.ts";
import type { DynamoContext, DynamoStore, IndexRow, OnDemand, TableRow, Throughput, Warm } from "../store.ts";
import type { IndexDefinition } from "../rules/table-definition.ts";
import { clearExpiries } from "./expiries.ts";
import { dropHistory } from "./history.ts";
import { closeStream } from "./stream-writer.ts";
import { dropLagging } from "./index-lag.ts";
import { dropCollections } from "./item-collections.ts";
import { dropBuckets } from "./throughput.ts";
import { projectedRow } from "../rules/projected-row.ts";

const MEASURED_EVERY = 6 * 3_600_000;
const STORAGE_CHARS = 8;

export function newStorage(context: DynamoContext): string {
  return context.ids.lower(STORAGE_CHARS);
}

export function throughputOf(
  units: { readonly ReadCapacityUnits: number; readonly WriteCapacityUnits: number } | undefined,
): Throughput {
  return { read: units?.ReadCapacityUnits ?? 0, write: units?.WriteCapacityUnits ?? 0, decreases: 0 };
}

type IndexInput = IndexDefinition & {
  readonly OnDemandThroughput?: OnDemand | undefined;
  readonly WarmThroughput?: Warm | undefined;
};

export function newIndex(context: DynamoContext, index: IndexInput, global: boolean): IndexRow {
  return {
    name: index.IndexName,
    global,
    storage: newStorage(context),
    keys: index.KeySchema.map(({ AttributeName, KeyType }) => ({ AttributeName, KeyType })),
    projection: {
      ProjectionType: index.Projection.ProjectionType ?? "ALL",
      NonKeyAttributes: index.Projection.NonKeyAttributes,
    },
    throughput: global ? throughputOf(index.ProvisionedThroughput) : undefined,
    onDemand: index.OnDemandThroughput,
    warm: index.WarmThroughput,
    created: context.clock.now(),
  };
}

/** Fills the rows of an index from the items that are there. */
export function fillIndex(store: DynamoStore, table: TableRow, name: string): void {
  const index = schemaOf(table).indexes.find((each) => each.name === name);
  if (index === undefined) return;
  for (const [key, row] of store.items.range({ prefix: table.storage })) {
    const at = indexKey(index, row.item, key);
    if (at !== undefined) store.indexed.put(at, projectedRow(index, row));
  }
}

export function dropIndexRows(store: DynamoStore, index: IndexRow): void {
  for (const key of Array.from(store.indexed.keys({ prefix: index.storage }))) store.indexed.delete(key);
  dropBuckets(store, index.storage);
  dropLagging(store, index);
}

/** Removes a table and all its rows; its stream stays readable for a day. */
export function dropTable(context: DynamoContext, store: DynamoStore, table: TableRow): void {
  clearExpiries(context, { table, store });
  dropHistory({ table, store });
  for (const key of Array.from(store.items.keys({ prefix: table.storage }))) store.items.delete(key);
  for (const index of table.indexes) dropIndexRows(store, index);
  dropBuckets(store, table.storage);
  dropCollections(store, table.storage);
  if (table.stream?.enabled === true) closeStream(context, store, table.stream.arn);
  store.tables.delete(table.name);
}

/** The table with its counts as AWS shows them: up to six hours old. */
export function measured(context: DynamoContext, store: DynamoStore, table: TableRow): TableRow {
  const now = context.clock.now();
  if (now - table.measured.at < MEASURED_EVERY) return table;
  const indexes = Object.fromEntries(table.indexes.map((index) => [index.name, count(store.indexed, index.storage)]));
  const row: TableRow = { ...table, measured: { at: now, ...count(store.items, table.storage), indexes } };
  store.tables.put(table.name, row);
  return row;
}

function count(rows: DynamoStore["items"], storage: string): { readonly items: number; readonly bytes: number } {
  let items = 0;
  let bytes = 0;
  for (const row of rows.rows({ prefix: storage })) {
    items += 1;
    bytes += row.size;
  }
  return { items, bytes };
}
