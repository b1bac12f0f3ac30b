// Backups: copies of a table's settings and items.

import { parseArn } from "../../../kernel/arn.ts";
import type { DescribeBackupOutput } from "../../../models/dynamodb.d.ts";
import { backupInvalidArn, backupNotFound } from "../errors.ts";
import type { BackupRow, DynamoContext, DynamoStore, ItemRow, TableRow } from "../store.ts";
import { scheduleAt } from "./schedule-at.ts";
import { newStorage } from "./table-rows.ts";

type Description = NonNullable<DescribeBackupOutput["BackupDescription"]>;

/** How long DynamoDB keeps what it backed up itself. */
const SYSTEM_DAYS = 35;
const DAY = 86_400_000;

export function makeBackup(context: DynamoContext, store: DynamoStore, table: TableRow, name: string): BackupRow {
  return copyTable(context, store, table, { name, suffix: context.ids.hex(8) });
}

/** A table with point-in-time recovery leaves a backup behind when it is deleted. */
export function keepDeleted(context: DynamoContext, store: DynamoStore, table: TableRow): void {
  if (table.recovery?.enabled !== true) return;
  const expires = context.clock.now() + SYSTEM_DAYS * DAY;
  const { arn } = copyTable(context, store, table, {
    name: `${table.name}$DeletedTableBackup`,
    suffix: "00000000",
    expires,
  });
  scheduleAt(context, table, expires, { kind: "dynamodb.expire-backup", arn });
}

type Copy = { readonly name: string; readonly suffix: string; readonly expires?: number };

function copyTable(context: DynamoContext, store: DynamoStore, table: TableRow, copy: Copy): BackupRow {
  const now = context.clock.now();
  const storage = newStorage(context);
  let items = 0;
  let size = 0;
  for (const [key, row] of store.items.range({ prefix: table.storage })) {
    store.backupItems.put(storage + key.slice(table.storage.length), row);
    items += 1;
    size += row.size;
  }
  const arn = `${table.arn}/backup/${String(now).padStart(14, "0")}-${copy.suffix}`;
  const { name, expires } = copy;
  const backup: BackupRow = { arn, name, created: now, size, items, table, storage, expires };
  store.backups.put(arn, backup);
  return backup;
}

/** Each item under its key without the storage. */
export function* itemsOf(store: DynamoStore, { storage }: BackupRow): Generator<readonly [string, ItemRow]> {
  for (const [key, row] of store.backupItems.range({ prefix: storage })) yield [key.slice(storage.length), row];
}

const BACKUP = /^table\/[^/]+\/backup\/[^/]+$/;

export function findBackup(store: DynamoStore, arn: string): BackupRow {
  const parsed = parseArn(arn);
  if (parsed?.service !== "dynamodb" || !BACKUP.test(parsed.resource)) throw backupInvalidArn();
  const backup = store.backups.get(arn);
  if (backup === undefined) throw backupNotFound(arn);
  return backup;
}

export function dropBackup(store: DynamoStore, backup: BackupRow): void {
  for (const key of Array.from(store.backupItems.keys({ prefix: backup.storage }))) store.backupItems.delete(key);
  store.backups.delete(backup.arn);
}

export function backupDetails(backup: BackupRow, status = "AVAILABLE"): NonNullable<Description["BackupDetails"]> {
  return {
    BackupArn: backup.arn,
    BackupName: backup.name,
    BackupStatus: status,
    BackupType: backup.expires === undefined ? "USER" : "SYSTEM",
    BackupCreationDateTime: new Date(backup.created),
    BackupExpiryDateTime: backup.expires === undefined ? undefined : new Date(backup.expires),
    BackupSizeBytes: backup.size,
  };
}

export function describeBackup(backup: BackupRow, status?: string): Description {
  const { table } = backup;
  return {
    BackupDetails: backupDetails(backup, status),
    SourceTableDetails: {
      TableName: table.name,
      TableId: table.id,
      TableArn: table.arn,
      TableSizeBytes: backup.size,
      KeySchema: table.keys,
      TableCreationDateTime: new Date(table.created),
      ProvisionedThroughput: { ReadCapacityUnits: table.throughput.read, WriteCapacityUnits: table.throughput.write },
      OnDemandThroughput: table.onDemand,
      ItemCount: backup.items,
      BillingMode: table.billing,
    },
    SourceTableFeatureDetails: backup.expires === undefined ? featuresOf(table) : {},
  };
}

/** What a restore can do without is not kept: tags, class, protection, policies and recovery. */
function featuresOf(table: TableRow): NonNullable<Description["SourceTableFeatureDetails"]> {
  const indexes = (global: boolean) => table.indexes.filter((index) => index.global === global);
  const local = indexes(false).map((index) => ({
    IndexName: index.name,
    KeySchema: index.keys,
    Projection: index.projection,
  }));
  const global = indexes(true).map((index) => ({
    IndexName: index.name,
    KeySchema: index.keys,
    Projection: index.projection,
    ProvisionedThroughput: {
      ReadCapacityUnits: index.throughput?.read ?? 0,
      WriteCapacityUnits: index.throughput?.write ?? 0,
    },
  }));
  return {
    ...(local.length > 0 && { LocalSecondaryIndexes: local }),
    ...(global.length > 0 && { GlobalSecondaryIndexes: global }),
    ...(table.stream?.enabled === true && {
      StreamDescription: { StreamEnabled: true, StreamViewType: table.stream.viewType },
    }),
    ...(table.ttl?.enabled === true && {
      TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: table.ttl.attribute },
    }),
    ...(table.sse !== undefined && {
      SSEDescription: { Status: "ENABLED", SSEType: "KMS", KMSMasterKeyArn: table.sse.keyArn },
    }),
  };
}
