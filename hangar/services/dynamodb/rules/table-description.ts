// A table as DescribeTable shows it.

import type { TableDescription } from "../../../models/dynamodb.d.ts";
import type { IndexRow, TableRow, Throughput } from "../store.ts";
import { describeReplicas } from "./replica-description.ts";

/** Statuses differ in the answer of the call that changes a table: for us the change is over when it is given. */
export type Showing = {
  readonly status: string;
  readonly indexStatus?: Readonly<Record<string, string>> | string;
  readonly fresh?: boolean;
  /** The other replicas of a global table. */
  readonly replicas?: readonly TableRow[];
};

export function describe(table: TableRow, showing: Showing = { status: "ACTIVE" }): TableDescription {
  const { status, fresh } = showing;
  const local = table.indexes.filter((index) => !index.global);
  const global = table.indexes.filter((index) => index.global);
  return {
    AttributeDefinitions: table.attributes,
    TableName: table.name,
    KeySchema: table.keys,
    TableStatus: status,
    CreationDateTime: new Date(table.created),
    ProvisionedThroughput: throughput(table.throughput),
    TableSizeBytes: table.measured.bytes,
    ItemCount: table.measured.items,
    TableArn: table.arn,
    TableId: table.id,
    BillingModeSummary: billing(table, fresh),
    LocalSecondaryIndexes: local.length === 0 ? undefined : local.map((index) => describeIndex(table, index)),
    GlobalSecondaryIndexes:
      global.length === 0 ? undefined : global.map((index) => describeGlobal(table, index, showing)),
    ...streamOf(table),
    SSEDescription:
      table.sse === undefined ? undefined : { Status: "ENABLED", SSEType: "KMS", KMSMasterKeyArn: table.sse.keyArn },
    TableClassSummary:
      table.tableClass === undefined
        ? undefined
        : {
            TableClass: table.tableClass,
            LastUpdateDateTime: table.tableClassChanged === undefined ? undefined : new Date(table.tableClassChanged),
          },
    ...describeReplicas(table, showing.replicas ?? [], (other, of) => warm(other, of, false)),
    DeletionProtectionEnabled: table.deletionProtection,
    OnDemandThroughput: table.onDemand,
    WarmThroughput: fresh === true && table.warm === undefined ? undefined : warm(table, table, fresh),
    RestoreSummary:
      table.restore === undefined || status !== "CREATING"
        ? undefined
        : {
            SourceBackupArn: table.restore.backupArn,
            SourceTableArn: table.restore.sourceArn,
            RestoreDateTime: new Date(table.restore.at),
            RestoreInProgress: true,
          },
  };
}

function streamOf(
  table: TableRow,
): Pick<TableDescription, "StreamSpecification" | "LatestStreamLabel" | "LatestStreamArn"> {
  const { stream } = table;
  if (stream === undefined) return {};
  return {
    StreamSpecification: stream.enabled ? { StreamEnabled: true, StreamViewType: stream.viewType } : undefined,
    LatestStreamLabel: stream.label,
    LatestStreamArn: stream.arn,
  };
}

function billing(table: TableRow, fresh: boolean | undefined): TableDescription["BillingModeSummary"] {
  if (table.onDemandSince === undefined) return undefined;
  return {
    BillingMode: table.billing,
    LastUpdateToPayPerRequestDateTime: fresh === true ? undefined : new Date(table.onDemandSince),
  };
}

function throughput(units: Throughput): NonNullable<TableDescription["ProvisionedThroughput"]> {
  return {
    NumberOfDecreasesToday: units.decreases,
    ReadCapacityUnits: units.read,
    WriteCapacityUnits: units.write,
    LastIncreaseDateTime: units.increasedAt === undefined ? undefined : new Date(units.increasedAt),
    LastDecreaseDateTime: units.decreasedAt === undefined ? undefined : new Date(units.decreasedAt),
  };
}

/** What a table can take at once: 12,000 and 4,000 units on demand, what is provisioned otherwise. */
function warm(
  table: TableRow,
  of: TableRow | IndexRow,
  fresh: boolean | undefined,
): NonNullable<TableDescription["WarmThroughput"]> {
  const onDemand = table.billing === "PAY_PER_REQUEST";
  return {
    ReadUnitsPerSecond: of.warm?.ReadUnitsPerSecond ?? (onDemand ? 12_000 : (of.throughput?.read ?? 0)),
    WriteUnitsPerSecond: of.warm?.WriteUnitsPerSecond ?? (onDemand ? 4000 : (of.throughput?.write ?? 0)),
    Status: fresh === true ? "UPDATING" : "ACTIVE",
  };
}

function describeIndex(
  table: TableRow,
  index: IndexRow,
): NonNullable<TableDescription["LocalSecondaryIndexes"]>[number] {
  const measured = table.measured.indexes[index.name];
  return {
    IndexName: index.name,
    KeySchema: index.keys,
    Projection: index.projection,
    IndexSizeBytes: measured?.bytes ?? 0,
    ItemCount: measured?.items ?? 0,
    IndexArn: `${table.arn}/index/${index.name}`,
  };
}

function describeGlobal(
  table: TableRow,
  index: IndexRow,
  { indexStatus, fresh }: Showing,
): NonNullable<TableDescription["GlobalSecondaryIndexes"]>[number] {
  return {
    ...describeIndex(table, index),
    IndexStatus: (typeof indexStatus === "string" ? indexStatus : indexStatus?.[index.name]) ?? "ACTIVE",
    ProvisionedThroughput: throughput(index.throughput ?? { read: 0, write: 0, decreases: 0 }),
    OnDemandThroughput: index.onDemand,
    WarmThroughput: fresh === true && index.warm === undefined ? undefined : warm(table, index, fresh),
  };
}
