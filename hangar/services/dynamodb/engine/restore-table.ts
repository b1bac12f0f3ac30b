// Makes a new table out of kept settings and items. Streams, tags, expiry, policies and recovery are not restored, as on AWS.

import { formatArn } from "../../../kernel/arn.ts";
import type { RestoreTableFromBackupInput } from "../../../models/dynamodb.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { tableAlreadyExistsException, validation } from "../errors.ts";
import { checkOverrides, sourceIndex } from "../rules/restore-overrides.ts";
import type { DynamoContext, IndexRow, ItemRow, TableRow } from "../store.ts";
import { checkAccountUnits, checkTableCount } from "./account-limits.ts";
import { checkTableName } from "./find-table.ts";
import { keyForTable } from "./table-key.ts";
import { fillIndex, newIndex, newStorage, throughputOf } from "./table-rows.ts";

type Overrides = Omit<RestoreTableFromBackupInput, "BackupArn">;
type Source = {
  /** Its settings as they are now, or were when they were backed up. */
  readonly table: TableRow;
  /** Each under its key without the storage. */
  readonly items: Iterable<readonly [string, ItemRow]>;
  /** The moment they are of. */
  readonly at: number;
  readonly backupArn?: string;
};

export async function restoreTable(context: DynamoContext, input: Overrides, source: Source): Promise<TableRow> {
  const name = input.TargetTableName;
  checkTableName(name, "targetTableName");
  if (input.VectorIndexOverride !== undefined) throw notEmulated("vector indexes of DynamoDB tables");
  if (input.SSESpecificationOverride === undefined && source.table.region !== context.region)
    throw validation("Invalid Request: sseSpecificationOverride must be provided for cross-region restores");
  checkOverrides(input, source.table);
  const { store } = context;
  if (store.tables.has(name)) throw tableAlreadyExistsException(name);
  const sse =
    input.SSESpecificationOverride === undefined
      ? source.table.sse
      : await keyForTable(context, input.SSESpecificationOverride);
  if (store.tables.has(name)) throw tableAlreadyExistsException(name);
  const row = restoredRow(context, input, source, sse);
  checkAccountUnits(store, row);
  checkTableCount(store);
  store.tables.put(name, row);
  for (const [key, item] of source.items) store.items.put(row.storage + key, item);
  for (const index of row.indexes) fillIndex(store, row, index.name);
  return row;
}

function restoredRow(
  context: DynamoContext,
  input: Overrides,
  { table, at, backupArn }: Source,
  sse: TableRow["sse"],
): TableRow {
  const { account, region, clock } = context;
  const now = clock.now();
  const billing = (input.BillingModeOverride ?? table.billing) as TableRow["billing"];
  const onDemand = billing === "PAY_PER_REQUEST";
  const units =
    input.ProvisionedThroughputOverride === undefined
      ? throughputOf({ ReadCapacityUnits: table.throughput.read, WriteCapacityUnits: table.throughput.write })
      : throughputOf(input.ProvisionedThroughputOverride);
  const indexes = restoredIndexes(context, input, table);
  const row: TableRow = {
    name: input.TargetTableName,
    id: context.ids.uuid(),
    arn: formatArn({ service: "dynamodb", region, account, resource: `table/${input.TargetTableName}` }),
    account,
    region,
    storage: newStorage(context),
    created: now,
    attributes: table.attributes,
    keys: table.keys,
    indexes: onDemand ? indexes.map(withoutUnits) : indexes,
    billing,
    onDemandSince: onDemand ? now : undefined,
    throughput: onDemand ? throughputOf(undefined) : units,
    onDemand: onDemand ? (input.OnDemandThroughputOverride ?? table.onDemand) : undefined,
    deletionProtection: false,
    sse,
    tags: {},
    restore: { backupArn, sourceArn: table.arn, at },
    measured: { at: 0, items: 0, bytes: 0, indexes: {} },
  };
  const used = new Set([...row.keys, ...row.indexes.flatMap((index) => index.keys)].map((key) => key.AttributeName));
  return { ...row, attributes: row.attributes.filter((attribute) => used.has(attribute.AttributeName)) };
}

function withoutUnits(index: IndexRow): IndexRow {
  return index.global ? { ...index, throughput: throughputOf(undefined) } : index;
}

/** Overrides may leave indexes out, name them anew and give them other throughput. */
function restoredIndexes(context: DynamoContext, input: Overrides, table: TableRow): readonly IndexRow[] {
  const copied = (wanted: boolean) =>
    table.indexes
      .filter((index) => index.global === wanted)
      .map((index) => ({
        ...index,
        storage: newStorage(context),
        created: context.clock.now(),
        state: undefined,
      }));
  const global = input.GlobalSecondaryIndexOverride?.map((index) => {
    const fresh = newIndex(context, index, true);
    return index.ProvisionedThroughput === undefined
      ? { ...fresh, throughput: sourceIndex(index, true, table)?.throughput ?? fresh.throughput }
      : fresh;
  });
  const local = input.LocalSecondaryIndexOverride?.map((index) => newIndex(context, index, false));
  return [...(local ?? copied(false)), ...(global ?? copied(true))];
}
