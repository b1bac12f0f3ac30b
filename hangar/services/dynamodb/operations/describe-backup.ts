// Describes a backup. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeBackup.html

import type { DescribeBackupInput, DescribeBackupOutput } from "../../../models/dynamodb.d.ts";
import { describeBackup as describe, findBackup } from "../engine/backups.ts";
import { operation } from "../store.ts";

export const describeBackup = operation<DescribeBackupInput, DescribeBackupOutput>((input, { store }) => ({
  BackupDescription: describe(findBackup(store, input.BackupArn)),
}));
