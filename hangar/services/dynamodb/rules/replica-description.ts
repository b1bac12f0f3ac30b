// What a table's description says of the other replicas: what they have of their own is what differs here.

import type { ReplicaDescription, TableDescription } from "../../../models/dynamodb.d.ts";
import type { IndexRow, TableRow } from "../store.ts";

type Warm = (table: TableRow, of: TableRow | IndexRow) => NonNullable<ReplicaDescription["WarmThroughput"]>;

export function describeReplicas(
  table: TableRow,
  others: readonly TableRow[],
  warm: Warm,
): Pick<
  TableDescription,
  | "GlobalTableVersion"
  | "Replicas"
  | "GlobalTableSettingsReplicationMode"
  | "GlobalTableWitnesses"
  | "MultiRegionConsistency"
> {
  const { global } = table;
  if (global === undefined) return {};
  return {
    GlobalTableVersion: "2019.11.21",
    Replicas: others.map((other) => describeReplica(table, other, warm)),
    GlobalTableSettingsReplicationMode: MODE,
    ...(global.strong === true && { MultiRegionConsistency: "STRONG" }),
    ...(global.witnesses !== undefined && {
      GlobalTableWitnesses: global.witnesses.map((RegionName) => ({ RegionName, WitnessStatus: "ACTIVE" })),
    }),
  };
}

const MODE = "ENABLED_WITH_OVERRIDES";

function describeReplica(table: TableRow, other: TableRow, warm: Warm): ReplicaDescription {
  const indexes = other.indexes.filter((index) => index.global);
  return {
    RegionName: other.region,
    ReplicaStatus: "ACTIVE",
    KMSMasterKeyId: other.sse?.keyArn,
    ...overrides(table, other),
    WarmThroughput: warm(other, other),
    GlobalSecondaryIndexes:
      indexes.length === 0
        ? undefined
        : indexes.map((index) => ({
            IndexName: index.name,
            ...overrides(
              table.indexes.find((each) => each.name === index.name),
              index,
            ),
            WarmThroughput: warm(other, index),
          })),
    ReplicaTableClassSummary:
      other.tableClass === undefined
        ? undefined
        : {
            TableClass: other.tableClass,
            LastUpdateDateTime: other.tableClassChanged === undefined ? undefined : new Date(other.tableClassChanged),
          },
    GlobalTableSettingsReplicationMode: MODE,
  };
}

type Capacity = Pick<IndexRow, "throughput" | "onDemand">;

function overrides(
  here: Capacity | undefined,
  there: Capacity,
): Pick<ReplicaDescription, "ProvisionedThroughputOverride" | "OnDemandThroughputOverride"> {
  const units = there.throughput?.read;
  const limit = there.onDemand?.MaxReadRequestUnits;
  return {
    ...(units !== here?.throughput?.read && { ProvisionedThroughputOverride: { ReadCapacityUnits: units } }),
    ...(limit !== undefined &&
      limit !== here?.onDemand?.MaxReadRequestUnits && { OnDemandThroughputOverride: { MaxReadRequestUnits: limit } }),
  };
}
