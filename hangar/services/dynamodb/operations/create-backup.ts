// Backs a table up. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html

import type { CreateBackupInput, CreateBackupOutput } from "../../../models/dynamodb.d.ts";
import { backupDetails, makeBackup } from "../engine/backups.ts";
import { checkTableKey, checkTableName, placeOf } from "../engine/find-table.ts";
import { tableNotFoundException } from "../errors.ts";
import { operation } from "../store.ts";

export const createBackup = operation<CreateBackupInput, CreateBackupOutput>((input, context) => {
  const { name, account, region } = placeOf(context, input.TableName);
  checkTableName(name);
  const store = context.storeAt(account, region);
  const table = store.tables.get(name);
  if (table === undefined) throw tableNotFoundException(name);
  checkTableKey(context, table);
  return { BackupDetails: backupDetails(makeBackup(context, store, table, input.BackupName), "CREATING") };
});
