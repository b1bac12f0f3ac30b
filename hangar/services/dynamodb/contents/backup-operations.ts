// Operations on what is kept of tables beside them: backups, history and what is in buckets. By API name.

import { createBackup } from "../operations/create-backup.ts";
import { deleteBackup } from "../operations/delete-backup.ts";
import { describeBackup } from "../operations/describe-backup.ts";
import { describeContinuousBackups } from "../operations/describe-continuous-backups.ts";
import { describeExport } from "../operations/describe-export.ts";
import { describeImport } from "../operations/describe-import.ts";
import { exportTableToPointInTime } from "../operations/export-table-to-point-in-time.ts";
import { importTable } from "../operations/import-table.ts";
import { listBackups } from "../operations/list-backups.ts";
import { listExports } from "../operations/list-exports.ts";
import { listImports } from "../operations/list-imports.ts";
import { restoreTableFromBackup } from "../operations/restore-table-from-backup.ts";
import { restoreTableToPointInTime } from "../operations/restore-table-to-point-in-time.ts";
import { updateContinuousBackups } from "../operations/update-continuous-backups.ts";

export const backupOperations = {
  CreateBackup: createBackup,
  DeleteBackup: deleteBackup,
  DescribeBackup: describeBackup,
  DescribeContinuousBackups: describeContinuousBackups,
  DescribeExport: describeExport,
  DescribeImport: describeImport,
  ExportTableToPointInTime: exportTableToPointInTime,
  ImportTable: importTable,
  ListBackups: listBackups,
  ListExports: listExports,
  ListImports: listImports,
  RestoreTableFromBackup: restoreTableFromBackup,
  RestoreTableToPointInTime: restoreTableToPointInTime,
  UpdateContinuousBackups: updateContinuousBackups,
};
