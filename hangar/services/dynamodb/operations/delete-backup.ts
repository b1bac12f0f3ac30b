// Deletes a backup. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteBackup.html

import type { DeleteBackupInput, DeleteBackupOutput } from "../../../models/dynamodb.d.ts";
import { describeBackup, dropBackup, findBackup } from "../engine/backups.ts";
import { operation } from "../store.ts";

export const deleteBackup = operation<DeleteBackupInput, DeleteBackupOutput>((input, { store }) => {
  const backup = findBackup(store, input.BackupArn);
  dropBackup(store, backup);
  return { BackupDescription: describeBackup(backup, "DELETED") };
});
