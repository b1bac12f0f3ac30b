// Changes a table's settings and global indexes. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { UpdateTableInput, UpdateTableOutput } from "../../../models/dynamodb.d.ts";
import { checkAccountUnits } from "../engine/account-limits.ts";
import { findNamedTable } from "../engine/find-table.ts";
import { checkSharedKey, shareKey } from "../engine/replica-key.ts";
import { shareSettings } from "../engine/replica-settings.ts";
import { replicasOf } from "../engine/replicas.ts";
import { closeStream, openStream } from "../engine/stream-writer.ts";
import { checkAtOnce, deleteIndexesLater, isTimed } from "../engine/table-states.ts";
import { changedKey } from "../engine/table-key.ts";
import { settleBuckets } from "../engine/throughput.ts";
import { updateIndexes } from "../engine/update-indexes.ts";
import { updateReplicas } from "../engine/update-replicas.ts";
import { invalidParameter, validation } from "../errors.ts";
import { withClassChange, withEncryptionChange } from "../rules/rolling-limits.ts";
import { checkUpdatable } from "../rules/in-use.ts";
import { beingUpdated } from "../rules/table-state.ts";
import { describe } from "../rules/table-description.ts";
import { withCapacity } from "../rules/update-capacity.ts";
import { changesOf, checkCombination } from "../rules/update-combinations.ts";
import { showUpdate } from "../rules/show-update.ts";
import { operation, type DynamoContext, type DynamoStore, type TableRow } from "../store.ts";

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
  checkCombination(input);
  const encrypted = input.SSESpecification === undefined ? undefined : await withKey(input, context);
  const { table, store } = findNamedTable(context, input.TableName);
  const timed = isTimed(context, table);
  if (timed) checkAtOnce(context, store);
  checkUpdatable(input, table, context.clock.now());
  checkSharedKey(context, table, encrypted?.sse);
  checkStream(input, table);
  const now = context.clock.now();
  const indexed = updateIndexes(context, withCapacity(input, table, now), input);
  checkAccountUnits(store, indexed.table);
  const settled = withSettings(input, indexed.table, now);
  const streamed = withStream(input, context, store, settled);
  const done: TableRow = encrypted === undefined ? streamed : { ...streamed, ...encrypted };
  const row = timed ? beingUpdated(input, table, deleteIndexesLater(context, table, done), now) : done;
  settleBuckets(context, { table, store });
  store.tables.put(row.name, row);
  indexed.fill(store, row);
  if (!timed) indexed.drop(store);
  if (row.global !== undefined) await shareWithReplicas(context, table, done);
  const { shown, showing } = showUpdate(input, table, done, indexed.statuses);
  const replicas = replicasOf(context, row).map((replica) => replica.table);
  return { TableDescription: describe(shown, { ...showing, replicas }) };
});

/** Consistency and witnesses alone are no change; beside another they are refused with it. */
function changesReplicas(input: UpdateTableInput): boolean {
  if (input.ReplicaUpdates !== undefined) return true;
  if (input.MultiRegionConsistency === undefined && input.GlobalTableWitnessUpdates === undefined) return false;
  return changesOf(input).size > 0;
}

async function shareWithReplicas(context: DynamoContext, before: TableRow, after: TableRow): Promise<void> {
  shareSettings(context, before, after);
  if (after.sse !== before.sse) await shareKey(context, after);
}

/** The limit on changes comes before any look at the key. */
async function withKey(input: UpdateTableInput, context: DynamoContext): Promise<Pick<TableRow, "sse" | "changes">> {
  const { table } = findNamedTable(context, input.TableName);
  const encryption = withEncryptionChange(table.changes?.encryption, context.clock.now());
  const sse = await changedKey(context, table, input.SSESpecification ?? {});
  return { sse, changes: { ...table.changes, encryption } };
}

function withSettings(input: UpdateTableInput, table: TableRow, now: number): TableRow {
  const { DeletionProtectionEnabled: protection, TableClass: tableClass } = input;
  if (protection !== undefined) return { ...table, deletionProtection: protection };
  if (tableClass === undefined) return table;
  // A table that never had another class than the standard one does not change by having it.
  if (tableClass === "STANDARD" && table.tableClass === undefined) return table;
  const classes = withClassChange(table.changes?.tableClass, now);
  return { ...table, tableClass, tableClassChanged: now, changes: { ...table.changes, tableClass: classes } };
}

function checkStream({ StreamSpecification: stream }: UpdateTableInput, table: TableRow): void {
  const { stream: current, name, global } = table;
  if (stream === undefined) return;
  if (stream.StreamEnabled && stream.StreamViewType === undefined)
    throw invalidParameter("If stream is being enabled then UpdateViewType is required");
  if (!stream.StreamEnabled && stream.StreamViewType !== undefined)
    throw invalidParameter("If stream is being disabled, then UpdateViewType must not be specified");
  if (!stream.StreamEnabled && global !== undefined && global.strong !== true)
    throw invalidParameter("Disabling Stream is not allowed for a Global Table replica.");
  if (stream.StreamEnabled && current?.enabled === true)
    throw validation(`Table already has an enabled stream: TableName: ${name}`);
  if (!stream.StreamEnabled && current?.enabled !== true)
    throw validation(`Table has no stream to disable: TableName: ${name}`);
}

function withStream(
  { StreamSpecification: stream }: UpdateTableInput,
  context: DynamoContext,
  store: DynamoStore,
  table: TableRow,
): TableRow {
  if (stream === undefined) return table;
  if (stream.StreamEnabled) return openStream(context, store, table, stream.StreamViewType ?? "");
  const { stream: current } = table;
  if (current === undefined) return table;
  closeStream(context, store, current.arn);
  return { ...table, stream: { ...current, enabled: false } };
}
