// Imports: what was asked for, how it went, and how both are shown.

import { formatArn } from "../../../kernel/arn.ts";
import type { ImportTableOutput, ListImportsOutput } from "../../../models/dynamodb.d.ts";
import type { ImportRow } from "../store.ts";

type Description = ImportTableOutput["ImportTableDescription"];

export const IMPORT_LOGS = "/aws-dynamodb/imports";

function logsOf({ table: { region, account } }: ImportRow): string {
  return formatArn({ service: "logs", region, account, resource: `log-group:${IMPORT_LOGS}:*` });
}

export function describeImport(row: ImportRow): Description {
  const { counts } = row;
  return {
    ImportArn: row.arn,
    ImportStatus: row.status,
    TableArn: row.table.arn,
    TableId: row.table.id,
    ClientToken: row.token,
    S3BucketSource: row.source,
    ErrorCount: counts.errors,
    CloudWatchLogGroupArn: logsOf(row),
    InputFormat: row.format,
    InputFormatOptions: row.options,
    InputCompressionType: row.compression ?? "NONE",
    TableCreationParameters: row.parameters,
    StartTime: new Date(row.started),
    EndTime: row.ended === undefined ? undefined : new Date(row.ended),
    ProcessedSizeBytes: counts.bytes === 0 ? undefined : counts.bytes,
    ProcessedItemCount: counts.imported + counts.errors,
    ImportedItemCount: counts.imported,
    FailureCode: row.failure?.code,
    FailureMessage: row.failure?.message,
  };
}

export function summarizeImport(row: ImportRow): NonNullable<ListImportsOutput["ImportSummaryList"]>[number] {
  return {
    ImportArn: row.arn,
    ImportStatus: row.status,
    TableArn: row.table.arn,
    S3BucketSource: row.source,
    CloudWatchLogGroupArn: logsOf(row),
    InputFormat: row.format,
    StartTime: new Date(row.started),
    EndTime: row.ended === undefined ? undefined : new Date(row.ended),
  };
}
