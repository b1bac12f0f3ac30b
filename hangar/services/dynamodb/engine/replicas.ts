// The replicas of a global table, and the writes that are on their way between them.

import { schemaOf } from "../rules/table-schema.ts";
import type { DynamoContext, DynamoStore, ItemRow, TableRow } from "../store.ts";
import type { FoundTable } from "./find-table.ts";
import { scheduleAt } from "./schedule-at.ts";

const REPLICATE_WORK = "dynamodb.replicate-item";

/** Versions are of an account, not of a region: their order is that of the writes. */
const NO_REGION = "aws-global";
const COUNTER = "versions";

/** Digits that keep the order of versions. */
const DIGITS = 16;

/** The replicas in other regions, in the order in which this one shows them. */
export function replicasOf(context: DynamoContext, { name, account, global }: TableRow): readonly FoundTable[] {
  return (global?.others ?? []).flatMap((region) => {
    const store = context.storeAt(account, region);
    const table = store.tables.get(name);
    return table === undefined ? [] : [{ table, schema: schemaOf(table), store }];
  });
}

export function arrivingKey(storage: string, version: number): string {
  return `${storage}\u0000${String(version).padStart(DIGITS, "0")}`;
}

/** Sends a write on its way to all other replicas, where it arrives as work of their own. */
export function sendWrite(
  context: DynamoContext,
  table: TableRow,
  store: DynamoStore,
  { key, after }: { readonly key: string; readonly after: ItemRow | undefined },
): void {
  const { account, name, storage } = table;
  const { counters } = context.storeAt(account, NO_REGION);
  const version = (counters.get(COUNTER) ?? 0) + 1;
  counters.put(COUNTER, version);
  store.versions.put(key, version);
  for (const region of table.global?.others ?? []) {
    context.storeAt(account, region).arriving.put(arrivingKey(storage, version), { key, row: after });
    const work = { kind: REPLICATE_WORK, table: name, storage, version };
    scheduleAt(context, { account, region }, context.clock.now(), work);
  }
}

/** Versions matter between writes that may meet: when none is on its way in any region, they are forgotten. */
export function forgetVersions(context: DynamoContext, found: Pick<FoundTable, "table" | "store">): void {
  const stores = [found.store, ...replicasOf(context, found.table).map((replica) => replica.store)];
  const { storage } = found.table;
  if (stores.some((store) => store.arriving.first({ prefix: storage }) !== undefined)) return;
  for (const { versions } of stores)
    for (const key of Array.from(versions.keys({ prefix: storage }))) versions.delete(key);
}

/** What was on its way to a table that is gone. */
export function forgetArriving({ table, store }: Pick<FoundTable, "table" | "store">): void {
  for (const rows of [store.arriving, store.versions])
    for (const key of Array.from(rows.keys({ prefix: table.storage }))) rows.delete(key);
}
