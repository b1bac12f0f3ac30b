// Makes a new table out of copied settings and items. Streams, tags, expiry, policies and recovery are not restored, as on AWS.

import { formatArn } from "../../../kernel/arn.ts";
import type { RestoreTableFromBackupInput } from "../../../models/dynamodb.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { tableAlreadyExistsException } from "../errors.ts";
import type { DynamoContext, DynamoStore, IndexRow, TableRow } from "../store.ts";
import { checkTableName } from "./find-table.ts";
import { keyForTable } from "./table-key.ts";
import { fillIndex, newIndex, newStorage, throughputOf } from "./table-rows.ts";

type Overrides = Omit<RestoreTableFromBackupInput, "BackupArn">;
type Source = {
  readonly table: TableRow;
  readonly rows: DynamoStore["items"];
  readonly storage: string;
  readonly backupArn?: string;
};

export async function restoreTable(context: DynamoContext, input: Overrides, source: Source): Promise<TableRow> {
  const name = input.TargetTableName;
  checkTableName(name, "targetTableName");
  if (input.VectorIndexOverride !== undefined) throw notEmulated("vector indexes of DynamoDB tables");
  const sse =
    input.SSESpecificationOverride === undefined
      ? source.table.sse
      : await keyForTable(context, input.SSESpecificationOverride);
  const { store } = context;
  if (store.tables.has(name)) throw tableAlreadyExistsException(name);
  const row = restoredRow(context, input, source, sse);
  store.tables.put(name, row);
  for (const [key, item] of source.rows.range({ prefix: source.storage }))
    store.items.put(row.storage + key.slice(source.storage.length), item);
  for (const index of row.indexes) fillIndex(store, row, index.name);
  return row;
}

function restoredRow(
  context: DynamoContext,
  input: Overrides,
  { table, backupArn }: Source,
  sse: TableRow["sse"],
): TableRow {
  const { account, region, clock } = context;
  const now = clock.now();
  const billing = (input.BillingModeOverride ?? table.billing) as TableRow["billing"];
  const units =
    input.ProvisionedThroughputOverride === undefined
      ? { ...table.throughput, decreases: 0 }
      : throughputOf(input.ProvisionedThroughputOverride);
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
    indexes: restoredIndexes(context, input, table),
    billing,
    onDemandSince: billing === "PAY_PER_REQUEST" ? now : undefined,
    throughput: billing === "PAY_PER_REQUEST" ? throughputOf(undefined) : units,
    onDemand: input.OnDemandThroughputOverride ?? table.onDemand,
    tableClass: table.tableClass,
    deletionProtection: false,
    sse,
    tags: {},
    restore: { backupArn, sourceArn: table.arn, at: now },
    measured: { at: 0, items: 0, bytes: 0, indexes: {} },
  };
  const used = new Set([...row.keys, ...row.indexes.flatMap((index) => index.keys)].map((key) => key.AttributeName));
  return { ...row, attributes: row.attributes.filter((attribute) => used.has(attribute.AttributeName)) };
}

/** Overrides may leave indexes out, nothing else. */
function restoredIndexes(context: DynamoContext, input: Overrides, table: TableRow): readonly IndexRow[] {
  const local = input.LocalSecondaryIndexOverride?.map((index) => newIndex(context, index, false));
  const global = input.GlobalSecondaryIndexOverride?.map((index) => newIndex(context, index, true));
  const copied = (wanted: boolean) =>
    table.indexes
      .filter((index) => index.global === wanted)
      .map((index) => ({ ...index, storage: newStorage(context) }));
  return [...(local ?? copied(false)), ...(global ?? copied(true))];
}
