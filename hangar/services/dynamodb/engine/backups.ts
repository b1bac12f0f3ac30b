// On-demand backups: copies of a table's settings and items.

import type { DescribeBackupOutput } from "../../../models/dynamodb.d.ts";
import { backupNotFound } from "../errors.ts";
import type { BackupRow, DynamoContext, DynamoStore, TableRow } from "../store.ts";
import { newStorage } from "./table-rows.ts";

type Description = NonNullable<DescribeBackupOutput["BackupDescription"]>;

export function makeBackup(context: DynamoContext, store: DynamoStore, table: TableRow, name: string): BackupRow {
  const now = context.clock.now();
  const storage = newStorage(context);
  let items = 0;
  let size = 0;
  for (const [key, row] of store.items.range({ prefix: table.storage })) {
    store.backupItems.put(storage + key.slice(table.storage.length), row);
    items += 1;
    size += row.size;
  }
  const arn = `${table.arn}/backup/${String(now).padStart(14, "0")}-${context.ids.hex(8)}`;
  const backup: BackupRow = { arn, name, created: now, size, items, table, storage };
  store.backups.put(arn, backup);
  return backup;
}

export function findBackup(store: DynamoStore, arn: string): BackupRow {
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
    BackupType: "USER",
    BackupCreationDateTime: new Date(backup.created),
    BackupSizeBytes: backup.size,
  };
}

export function describeBackup(backup: BackupRow, status?: string): Description {
  const { table } = backup;
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
    BackupDetails: backupDetails(backup, status),
    SourceTableDetails: {
      TableName: table.name,
      TableId: table.id,
      TableArn: table.arn,
      TableSizeBytes: backup.size,
      KeySchema: table.keys,
      TableCreationDateTime: new Date(table.created),
      ProvisionedThroughput: { ReadCapacityUnits: table.throughput.read, WriteCapacityUnits: table.throughput.write },
      ItemCount: backup.items,
      BillingMode: table.billing,
    },
    SourceTableFeatureDetails: {
      ...(local.length > 0 && { LocalSecondaryIndexes: local }),
      ...(global.length > 0 && { GlobalSecondaryIndexes: global }),
      ...(table.stream?.enabled === true && {
        StreamDescription: { StreamEnabled: true, StreamViewType: table.stream.viewType },
      }),
      ...(table.ttl?.enabled === true && {
        TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: table.ttl.attribute },
      }),
    },
  };
}
