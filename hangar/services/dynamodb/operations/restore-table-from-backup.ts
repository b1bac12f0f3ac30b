// Makes a table out of a backup. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html

import { parseArn } from "../../../kernel/arn.ts";
import type { RestoreTableFromBackupInput, RestoreTableFromBackupOutput } from "../../../models/dynamodb.d.ts";
import { findBackup, itemsOf } from "../engine/backups.ts";
import { restoreTable } from "../engine/restore-table.ts";
import { describe } from "../rules/table-description.ts";
import { operation } from "../store.ts";

export const restoreTableFromBackup = operation<RestoreTableFromBackupInput, RestoreTableFromBackupOutput>(
  async (input, context) => {
    const region = parseArn(input.BackupArn)?.region ?? context.region;
    const store = context.storeAt(context.account, region);
    const backup = findBackup(store, input.BackupArn);
    const table = await restoreTable(context, input, {
      table: backup.table,
      items: itemsOf(store, backup),
      at: backup.created,
      backupArn: backup.arn,
    });
    return { TableDescription: describe(table, { status: "CREATING", indexStatus: "CREATING" }) };
  },
);
