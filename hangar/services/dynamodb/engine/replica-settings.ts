// Settings of global tables: those that all replicas have alike, and those that one may have of its own.

import { resourceNotFound, validation } from "../errors.ts";
import type { UpdateReplica } from "../rules/replica-updates.ts";
import type { DynamoContext, IndexRow, OnDemand, TableRow, Throughput } from "../store.ts";
import type { FoundTable } from "./find-table.ts";
import { overridden, withMaxRead, withRead } from "./new-replica.ts";
import { keyForEach } from "./replica-key.ts";
import { replicasOf } from "./replicas.ts";
import { dropIndexRows, fillIndex } from "./table-rows.ts";

/** What ReplicaUpdates.Update says of one replica. */
export function changeReplica(context: DynamoContext, found: FoundTable, action: UpdateReplica): void {
  const { table, store } = replicaAt(context, found, action.RegionName);
  const own = new Map((action.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, index]));
  store.tables.put(table.name, {
    ...table,
    indexes: table.indexes.map((index) => overridden(index, own.get(index.name), table.billing)),
    throughput: withRead(table.throughput, action, table.billing) ?? table.throughput,
    onDemand: withMaxRead(table.onDemand, action),
    ...(action.TableClassOverride !== undefined && {
      tableClass: action.TableClassOverride,
      tableClassChanged: context.clock.now(),
    }),
  });
}

/** One of the table and its replicas; the table itself where there is none. */
function replicaAt(context: DynamoContext, found: FoundTable, region: string): FoundTable {
  return [found, ...replicasOf(context, found.table)].find(({ table }) => table.region === region) ?? found;
}

export function checkChange(context: DynamoContext, found: FoundTable, action: UpdateReplica): void {
  const { table } = replicaAt(context, found, action.RegionName);
  if (action.KMSMasterKeyId !== undefined) throw keyForEach();
  const indexes = action.GlobalSecondaryIndexes ?? [];
  for (const { IndexName: name } of indexes)
    if (!table.indexes.some((index) => index.global && index.name === name)) throw resourceNotFound();
  checkOverrides(table, [action, ...indexes]);
}

type Overrides = Pick<UpdateReplica, "ProvisionedThroughputOverride" | "OnDemandThroughputOverride">;

function checkOverrides({ billing }: TableRow, overrides: readonly Overrides[]): void {
  for (const { ProvisionedThroughputOverride: units, OnDemandThroughputOverride: limits } of overrides) {
    if (units !== undefined && billing === "PAY_PER_REQUEST")
      throw validation(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
      );
    if (limits !== undefined && billing === "PROVISIONED")
      throw validation(
        "MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED",
      );
  }
}

/** Does to the other replicas what was done to one. Reads and the table class follow where they were the same before. */
export function shareSettings(context: DynamoContext, before: TableRow, after: TableRow): void {
  for (const { table, store } of replicasOf(context, after)) {
    const row: TableRow = {
      ...table,
      attributes: after.attributes,
      billing: after.billing,
      onDemandSince: after.billing === before.billing ? table.onDemandSince : after.onDemandSince,
      throughput: shared(table.throughput, before.throughput, after.throughput) ?? after.throughput,
      onDemand: sharedLimits(table.onDemand, before.onDemand, after.onDemand),
      warm: after.warm,
      ...(same(table.tableClass, before.tableClass) &&
        after.tableClassChanged !== before.tableClassChanged && {
          tableClass: after.tableClass,
          tableClassChanged: after.tableClassChanged,
        }),
      indexes: after.indexes.map((index) => sharedIndex(index, table, before)),
      ttl: after.ttl,
    };
    store.tables.put(row.name, row);
    const kept = new Set(row.indexes.map((index) => index.name));
    for (const index of table.indexes) if (!kept.has(index.name)) dropIndexRows(store, index);
    const known = new Set(table.indexes.map((index) => index.storage));
    for (const index of row.indexes) if (!known.has(index.storage)) fillIndex(store, row, index.name);
  }
}

/** The default class has no name. */
function same(one: string | undefined, other: string | undefined): boolean {
  return (one ?? "STANDARD") === (other ?? "STANDARD");
}

function sharedIndex(index: IndexRow, table: TableRow, before: TableRow): IndexRow {
  const own = table.indexes.find((each) => each.storage === index.storage);
  const old = before.indexes.find((each) => each.storage === index.storage);
  if (own === undefined || old === undefined) return index;
  return {
    ...index,
    throughput: shared(own.throughput, old.throughput, index.throughput),
    onDemand: sharedLimits(own.onDemand, old.onDemand, index.onDemand),
  };
}

function shared(
  own: Throughput | undefined,
  before: Throughput | undefined,
  after: Throughput | undefined,
): Throughput | undefined {
  if (own === undefined || after === undefined || own.read === before?.read) return after;
  return { ...after, read: after.read === 0 ? 0 : own.read };
}

function sharedLimits(
  own: OnDemand | undefined,
  before: OnDemand | undefined,
  after: OnDemand | undefined,
): OnDemand | undefined {
  const read = own?.MaxReadRequestUnits;
  return read === before?.MaxReadRequestUnits
    ? after
    : withMaxRead(after, { OnDemandThroughputOverride: { MaxReadRequestUnits: read ?? -1 } });
}
