// Lists backups, oldest first for each table. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html

import type { ListBackupsInput, ListBackupsOutput } from "../../../models/dynamodb.d.ts";
import { backupDetails } from "../engine/backups.ts";
import { placeOf } from "../engine/find-table.ts";
import { validation } from "../errors.ts";
import { operation, type BackupRow } from "../store.ts";

const MAX_BACKUPS = 100;

export const listBackups = operation<ListBackupsInput, ListBackupsOutput>((input, context) => {
  const name = input.TableName === undefined ? undefined : placeOf(context, input.TableName).name;
  const from = input.TimeRangeLowerBound?.getTime() ?? 0;
  const to = input.TimeRangeUpperBound?.getTime() ?? Number.POSITIVE_INFINITY;
  if (from > to) throw validation("Time range lower bound must be less than or equal to upper bound");
  const rows = [
    ...context.store.backups.rows(
      input.ExclusiveStartBackupArn === undefined ? {} : { after: input.ExclusiveStartBackupArn },
    ),
  ];
  const wanted = rows.filter(
    (row) =>
      ofType(row, input.BackupType ?? "USER") &&
      (name === undefined || row.table.name === name) &&
      row.created >= from &&
      row.created < to,
  );
  const page = wanted.slice(0, input.Limit ?? MAX_BACKUPS);
  return {
    BackupSummaries: page.map(summary),
    LastEvaluatedBackupArn: page.length < wanted.length ? page.at(-1)?.arn : undefined,
  };
});

/** AWS Backup's own are not made here. */
function ofType({ expires }: BackupRow, type: string): boolean {
  return type === "ALL" || (expires === undefined ? type === "USER" : type === "SYSTEM");
}

function summary(row: BackupRow): NonNullable<ListBackupsOutput["BackupSummaries"]>[number] {
  return { TableName: row.table.name, TableId: row.table.id, TableArn: row.table.arn, ...backupDetails(row) };
}
