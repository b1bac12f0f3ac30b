// Operations on what is kept of tables beside them: backups, history and what is in buckets. By API name.

import { createBackup } from "../operations/create-backup.ts";
import { deleteBackup } from "../operations/delete-backup.ts";
import { describeBackup } from "../operations/describe-backup.ts";
import { describeContinuousBackups } from "../operations/describe-continuous-backups.ts";
import { describeExport } from "../operations/describe-export.ts";
import { exportTableToPointInTime } from "../operations/export-table-to-point-in-time.ts";
import { listBackups } from "../operations/list-backups.ts";
import { listExports } from "../operations/list-exports.ts";
import { restoreTableFromBackup } from "../operations/restore-table-from-backup.ts";
import { restoreTableToPointInTime } from "../operations/restore-table-to-point-in-time.ts";
import { updateContinuousBackups } from "../operations/update-continuous-backups.ts";

export const backupOperations = {
  CreateBackup: createBackup,
  DeleteBackup: deleteBackup,
  DescribeBackup: describeBackup,
  DescribeContinuousBackups: describeContinuousBackups,
  DescribeExport: describeExport,
  ExportTableToPointInTime: exportTableToPointInTime,
  ListBackups: listBackups,
  ListExports: listExports,
  RestoreTableFromBackup: restoreTableFromBackup,
  RestoreTableToPointInTime: restoreTableToPointInTime,
  UpdateContinuousBackups: updateContinuousBackups,
};
