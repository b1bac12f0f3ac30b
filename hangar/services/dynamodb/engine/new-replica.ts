// A table's row in another region: the same keys, indexes and storage, and what is a region's own from the start.

import { formatArn } from "../../../kernel/arn.ts";
import type { CreateReplica } from "../rules/replica-updates.ts";
import type { DynamoContext, IndexRow, OnDemand, TableRow, Throughput } from "../store.ts";

type Override = {
  readonly ProvisionedThroughputOverride?: { readonly ReadCapacityUnits?: number | undefined } | undefined;
  readonly OnDemandThroughputOverride?: { readonly MaxReadRequestUnits?: number | undefined } | undefined;
};

type Action = CreateReplica & { readonly sse: TableRow["sse"] };

export function newReplica(context: DynamoContext, source: TableRow, action: Action): TableRow {
  const { name, account } = source;
  const now = context.clock.now();
  const region = action.RegionName;
  const own = new Map((action.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, index]));
  return {
    name,
    id: context.ids.uuid(),
    arn: formatArn({ service: "dynamodb", region, account, resource: `table/${name}` }),
    account,
    region,
    storage: source.storage,
    created: now,
    attributes: source.attributes,
    keys: source.keys,
    indexes: source.indexes.map((index) => overridden(index, own.get(index.name), source.billing)),
    billing: source.billing,
    onDemandSince: source.billing === "PAY_PER_REQUEST" ? now : undefined,
    throughput: withRead(source.throughput, action, source.billing) ?? source.throughput,
    onDemand: withMaxRead(source.onDemand, action),
    warm: source.warm,
    ...(source.scaling !== undefined && { scaling: writesOf(source.scaling) }),
    tableClass: action.TableClassOverride ?? source.tableClass,
    deletionProtection: false,
    sse: action.sse,
    ttl: source.ttl,
    tags: {},
    measured: { at: now, items: 0, bytes: 0, indexes: {} },
  };
}

/** Reads scale where it is asked for, writes everywhere. */
function writesOf(scaling: NonNullable<TableRow["scaling"]>): TableRow["scaling"] {
  return Object.fromEntries(Object.entries(scaling).filter(([key]) => key.startsWith("Write")));
}

/** An override for an index that is not there, or of units on demand, is taken and means nothing. */
export function overridden(index: IndexRow, action: Override | undefined, billing: TableRow["billing"]): IndexRow {
  if (action === undefined || !index.global) return index;
  return {
    ...index,
    throughput: withRead(index.throughput, action, billing),
    onDemand: withMaxRead(index.onDemand, action),
  };
}

export function withRead(
  units: Throughput | undefined,
  { ProvisionedThroughputOverride: own }: Override,
  billing: TableRow["billing"],
): Throughput | undefined {
  const read = own?.ReadCapacityUnits;
  if (read === undefined || billing !== "PROVISIONED" || units === undefined) return units;
  return { read, write: units.write, decreases: 0 };
}

export function withMaxRead(
  limits: OnDemand | undefined,
  { OnDemandThroughputOverride: own }: Override,
): OnDemand | undefined {
  const read = own?.MaxReadRequestUnits;
  if (read === undefined) return limits;
  const { MaxReadRequestUnits: _read, ...rest } = limits ?? {};
  // -1 takes the limit away.
  const changed: OnDemand = read === -1 ? rest : { ...rest, MaxReadRequestUnits: read };
  return Object.keys(changed).length === 0 ? undefined : changed;
}
