// A table as DescribeTable shows it.

import type { TableDescription } from "../../../models/dynamodb.d.ts";
import { warmOf } from "./change-capacity.ts";
import { indexStateOf } from "./table-state.ts";
import { decreasesAt } from "./change-throughput.ts";
import type { IndexRow, TableRow, Throughput } from "../store.ts";
import { describeReplicas } from "./replica-description.ts";

/** Statuses differ in the answer of the call that changes a table: for us the change is over when it is given. */
export type Showing = {
  readonly status: string;
  readonly indexStatus?: Readonly<Record<string, string>> | string;
  readonly fresh?: boolean;
  /** The other replicas of a global table. */
  readonly replicas?: readonly TableRow[];
  /** Decreases are those of this day; the day of the last one when absent. */
  readonly now?: number;
  /** The billing mode has just changed. */
  readonly switched?: boolean;
  readonly warming?: boolean;
  readonly encrypting?: boolean;
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
    ProvisionedThroughput: throughput(table.throughput, showing),
    TableSizeBytes: table.measured.bytes,
    ItemCount: table.measured.items,
    TableArn: table.arn,
    TableId: table.id,
    BillingModeSummary: billing(table, fresh === true || showing.switched === true),
    LocalSecondaryIndexes: local.length === 0 ? undefined : local.map((index) => describeIndex(table, index)),
    GlobalSecondaryIndexes:
      global.length === 0 ? undefined : global.map((index) => describeGlobal(table, index, showing)),
    ...streamOf(table),
    SSEDescription:
      table.sse === undefined
        ? undefined
        : {
            Status: showing.encrypting === true || isBefore(showing, table.encrypting) ? "UPDATING" : "ENABLED",
            SSEType: "KMS",
            KMSMasterKeyArn: table.sse.keyArn,
            ...(status === "INACCESSIBLE_ENCRYPTION_CREDENTIALS" &&
              table.keyRefused !== undefined && { InaccessibleEncryptionDateTime: new Date(table.keyRefused.shown) }),
          },
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
    WarmThroughput:
      fresh === true && table.warm === undefined
        ? undefined
        : warm(table, table, fresh === true || showing.warming === true || isBefore(showing, table.warming)),
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

function billing(table: TableRow, fresh: boolean): TableDescription["BillingModeSummary"] {
  if (table.onDemandSince === undefined) return undefined;
  return {
    BillingMode: table.billing,
    LastUpdateToPayPerRequestDateTime: fresh ? undefined : new Date(table.onDemandSince),
  };
}

function throughput(units: Throughput, { now }: Showing): NonNullable<TableDescription["ProvisionedThroughput"]> {
  return {
    NumberOfDecreasesToday: now === undefined ? units.decreases : decreasesAt(units, now),
    ReadCapacityUnits: units.read,
    WriteCapacityUnits: units.write,
    LastIncreaseDateTime: units.increasedAt === undefined ? undefined : new Date(units.increasedAt),
    LastDecreaseDateTime: units.decreasedAt === undefined ? undefined : new Date(units.decreasedAt),
  };
}

function warm(
  table: TableRow,
  of: TableRow | IndexRow,
  updating: boolean,
): NonNullable<TableDescription["WarmThroughput"]> {
  return { ...warmOf(table, of), Status: updating ? "UPDATING" : "ACTIVE" };
}

function isBefore({ now }: Showing, until: number | undefined): boolean {
  return now !== undefined && until !== undefined && now < until;
}

/** Of an index that is added to a table; those of a new table have nothing to be filled with. */
function isBackfilling({ state }: IndexRow, { now }: Showing): boolean | undefined {
  if (state === undefined) return false;
  return state.allocated === undefined ? undefined : now !== undefined && now >= state.allocated;
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
  showing: Showing,
): NonNullable<TableDescription["GlobalSecondaryIndexes"]>[number] {
  const { indexStatus, fresh, now } = showing;
  const status =
    (typeof indexStatus === "string" ? indexStatus : indexStatus?.[index.name]) ??
    (now === undefined ? undefined : indexStateOf(index, now)?.name) ??
    "ACTIVE";
  return {
    ...describeIndex(table, index),
    IndexStatus: status,
    ...(status === "CREATING" && showing.fresh !== true && { Backfilling: isBackfilling(index, showing) }),
    ProvisionedThroughput: throughput(index.throughput ?? { read: 0, write: 0, decreases: 0 }, showing),
    OnDemandThroughput: index.onDemand,
    WarmThroughput: fresh === true && index.warm === undefined ? undefined : warm(table, index, fresh === true),
  };
}
