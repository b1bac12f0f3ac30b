// Deletes a backup. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteBackup.html

import type { DeleteBackupInput, DeleteBackupOutput } from "../../../models/dynamodb.d.ts";
import { describeBackup, dropBackup, findBackup } from "../engine/backups.ts";
import { instant, validation } from "../errors.ts";
import { secondOf } from "../rules/recovery.ts";
import { operation } from "../store.ts";

export const deleteBackup = operation<DeleteBackupInput, DeleteBackupOutput>((input, { store }) => {
  const backup = findBackup(store, input.BackupArn);
  if (backup.expires !== undefined)
    throw validation(
      `Invalid Request: User is not allowed to delete the system backup with arn ${backup.arn}. It will automatically expire on ${instant(secondOf(backup.expires))}`,
    );
  dropBackup(store, backup);
  return { BackupDescription: describeBackup(backup, "DELETED") };
});
