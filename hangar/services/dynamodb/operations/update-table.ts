// Changes a table's settings and global indexes. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { UpdateTableInput, UpdateTableOutput } from "../../../models/dynamodb.d.ts";
import { findNamedTable } from "../engine/find-table.ts";
import { updateIndexes } from "../engine/update-indexes.ts";
import { checkSharedKey, shareKey } from "../engine/replica-key.ts";
import { shareSettings } from "../engine/replica-settings.ts";
import { replicasOf } from "../engine/replicas.ts";
import { updateReplicas } from "../engine/update-replicas.ts";
import { keyForTable } from "../engine/table-key.ts";
import { closeStream, openStream } from "../engine/stream-writer.ts";
import { throughputOf } from "../engine/table-rows.ts";
import { settleBuckets } from "../engine/throughput.ts";
import { invalidParameter, validation } from "../errors.ts";
import { checkUnits } from "../rules/table-definition.ts";
import { describe } from "../rules/table-description.ts";
import { operation, type DynamoContext, type DynamoStore, type TableRow, type Throughput } from "../store.ts";

const CHANGES: readonly (keyof UpdateTableInput)[] = [
  "ProvisionedThroughput",
  "BillingMode",
  "StreamSpecification",
  "GlobalSecondaryIndexUpdates",
  "SSESpecification",
  "TableClass",
  "DeletionProtectionEnabled",
  "OnDemandThroughput",
  "WarmThroughput",
];

/** Settings of global tables across accounts, and vector indexes. */
const NOT_EMULATED: readonly (keyof UpdateTableInput)[] = [
  "GlobalTableSettingsReplicationMode",
  "DisassociationProtectionEnabled",
  "VectorIndexUpdates",
];

export const updateTable = operation<UpdateTableInput, UpdateTableOutput>(async (input, context) => {
  const unknown = NOT_EMULATED.find((name) => input[name] !== undefined);
  if (unknown !== undefined) throw notEmulated(`${unknown} of DynamoDB tables`);
  if (changesReplicas(input)) return updateReplicas(input, context);
  if (CHANGES.every((name) => input[name] === undefined)) {
    throw validation(
      "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required",
    );
  }
  const sse =
    input.SSESpecification === undefined ? undefined : { key: await keyForTable(context, input.SSESpecification) };
  const { table, store } = findNamedTable(context, input.TableName);
  checkSharedKey(context, table, sse?.key);
  const indexed = updateIndexes(context, store, withThroughput(input, table, context.clock.now()), input);
  const settled = withSettings(input, indexed.table, context.clock.now());
  const streamed = withStream(input, context, store, settled);
  const row: TableRow = sse === undefined ? streamed : { ...streamed, sse: sse.key };
  settleBuckets(context, { table, store });
  store.tables.put(row.name, row);
  indexed.fill(row);
  if (row.global !== undefined) await shareWithReplicas(context, table, row);
  const replicas = replicasOf(context, row).map((replica) => replica.table);
  return { TableDescription: describe(row, { status: "UPDATING", indexStatus: indexed.statuses, replicas }) };
});

/** Consistency and witnesses alone are no change; beside another they are refused with it. */
function changesReplicas(input: UpdateTableInput): boolean {
  if (input.ReplicaUpdates !== undefined) return true;
  if (input.MultiRegionConsistency === undefined && input.GlobalTableWitnessUpdates === undefined) return false;
  return CHANGES.some((name) => input[name] !== undefined);
}

async function shareWithReplicas(context: DynamoContext, before: TableRow, after: TableRow): Promise<void> {
  shareSettings(context, before, after);
  if (after.sse !== before.sse) await shareKey(context, after);
}

function withThroughput(input: UpdateTableInput, table: TableRow, now: number): TableRow {
  const billing = (input.BillingMode ?? table.billing) as TableRow["billing"];
  const units = input.ProvisionedThroughput;
  if (billing === "PAY_PER_REQUEST") {
    if (units !== undefined)
      throw invalidParameter(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
      );
    if (table.billing === billing) return table;
    const none = { ...table.throughput, read: 0, write: 0 };
    return {
      ...table,
      billing,
      onDemandSince: now,
      throughput: none,
      indexes: table.indexes.map((index) => (index.global ? { ...index, throughput: throughputOf(undefined) } : index)),
    };
  }
  if (input.BillingMode === "PROVISIONED" && units === undefined && table.billing !== "PROVISIONED")
    throw invalidParameter("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
  if (units === undefined) return { ...table, billing };
  checkUnits(units);
  const current = table.throughput;
  if (
    table.billing === "PROVISIONED" &&
    units.ReadCapacityUnits === current.read &&
    units.WriteCapacityUnits === current.write
  ) {
    throw validation(
      `The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: ${current.read}. Requested ReadCapacityUnits: ${units.ReadCapacityUnits}. Current WriteCapacityUnits provisioned for the table: ${current.write}. Requested WriteCapacityUnits: ${units.WriteCapacityUnits}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
    );
  }
  return { ...table, billing, throughput: changedThroughput(current, units, now) };
}

function changedThroughput(
  current: Throughput,
  units: { readonly ReadCapacityUnits: number; readonly WriteCapacityUnits: number },
  now: number,
): Throughput {
  const up = units.ReadCapacityUnits > current.read || units.WriteCapacityUnits > current.write;
  const down = units.ReadCapacityUnits < current.read || units.WriteCapacityUnits < current.write;
  return {
    read: units.ReadCapacityUnits,
    write: units.WriteCapacityUnits,
    decreases: current.decreases + (down ? 1 : 0),
    increasedAt: up ? now : current.increasedAt,
    decreasedAt: down ? now : current.decreasedAt,
  };
}

function withSettings(input: UpdateTableInput, table: TableRow, now: number): TableRow {
  return {
    ...table,
    deletionProtection: input.DeletionProtectionEnabled ?? table.deletionProtection,
    ...(input.TableClass !== undefined && { tableClass: input.TableClass, tableClassChanged: now }),
    onDemand: input.OnDemandThroughput ?? table.onDemand,
    warm: input.WarmThroughput ?? table.warm,
  };
}

function withStream(
  { StreamSpecification: stream }: UpdateTableInput,
  context: DynamoContext,
  store: DynamoStore,
  table: TableRow,
): TableRow {
  if (stream === undefined) return table;
  const current = table.stream;
  if (stream.StreamEnabled) {
    if (current?.enabled === true) throw validation(`Table already has an enabled stream: TableName: ${table.name}`);
    if (stream.StreamViewType === undefined)
      throw invalidParameter("StreamViewType is required when StreamEnabled is true");
    return openStream(context, store, table, stream.StreamViewType);
  }
  if (stream.StreamViewType !== undefined)
    throw validation(
      "One or more parameter values were invalid: StreamViewType must not be specified when StreamEnabled is false",
    );
  if (table.global !== undefined && table.global.strong !== true)
    throw invalidParameter("Disabling Stream is not allowed for a Global Table replica.");
  if (current?.enabled !== true) throw validation(`Table already has stream disabled: TableName: ${table.name}`);
  closeStream(context, store, current.arn);
  return { ...table, stream: { ...current, enabled: false } };
}
