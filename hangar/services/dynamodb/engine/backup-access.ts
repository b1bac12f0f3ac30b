// What operations on backups, history, exports and imports need.

import type { AccessNeed } from "../../../ports/access.ts";
import type { DynamoContext } from "../store.ts";
import { onAll, onArn, onTable, tableNeed, type Input, type Rule } from "./access-needs.ts";

/** Whoever restores writes all items of the new table. */
function restored(context: DynamoContext, action: string, target: string): readonly AccessNeed[] {
  return [action, "BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem"].map((each) =>
    tableNeed(context, each, target),
  );
}

const fromBackup: Rule = (input: Input & { readonly TargetTableName: string }, context) => [
  ...onArn("RestoreTableFromBackup", "BackupArn")(input, context),
  ...restored(context, "RestoreTableFromBackup", input.TargetTableName),
];

const toPointInTime: Rule = (
  input: {
    readonly TargetTableName: string;
    readonly SourceTableArn?: string | undefined;
    readonly SourceTableName?: string | undefined;
  },
  context,
) => [
  tableNeed(context, "RestoreTableToPointInTime", input.SourceTableArn ?? input.SourceTableName ?? ""),
  ...restored(context, "RestoreTableToPointInTime", input.TargetTableName),
];

/** Asked of an import that has no id yet. */
const importTable: Rule = (
  input: { readonly TableCreationParameters?: { readonly TableName: string } | undefined },
  context,
) => {
  const need = tableNeed(context, "ImportTable", input.TableCreationParameters?.TableName ?? "");
  return [{ ...need, resource: `${need.resource}/import/*` }];
};

export const backupAccess: Readonly<Record<string, Rule>> = {
  CreateBackup: onTable("CreateBackup"),
  DescribeBackup: onArn("DescribeBackup", "BackupArn"),
  DeleteBackup: onArn("DeleteBackup", "BackupArn"),
  ListBackups: onAll("ListBackups"),
  RestoreTableFromBackup: fromBackup,
  DescribeContinuousBackups: onTable("DescribeContinuousBackups"),
  UpdateContinuousBackups: onTable("UpdateContinuousBackups"),
  RestoreTableToPointInTime: toPointInTime,
  ExportTableToPointInTime: onArn("ExportTableToPointInTime", "TableArn"),
  DescribeExport: onArn("DescribeExport", "ExportArn"),
  ListExports: onAll("ListExports"),
  ImportTable: importTable,
  DescribeImport: onArn("DescribeImport", "ImportArn"),
  ListImports: onAll("ListImports"),
};
