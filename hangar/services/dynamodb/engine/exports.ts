// Exports: what was asked for, how it went, and how both are shown.

import type { ExportTableToPointInTimeOutput } from "../../../models/dynamodb.d.ts";
import type { ExportRow } from "../store.ts";

type Description = NonNullable<ExportTableToPointInTimeOutput["ExportDescription"]>;

/** Where the manifests of an export are, and the data of a full one. */
export function folderOf({ id, settings }: ExportRow): string {
  return `${rootOf(settings.S3Prefix)}${id}/`;
}

/** A prefix is taken as it is: only a slash at its end is not doubled. */
function rootOf(prefix: string | undefined): string {
  const start = prefix === undefined || prefix === "" ? "" : prefix.endsWith("/") ? prefix : `${prefix}/`;
  return `${start}AWSDynamoDB/`;
}

/** Incremental exports share a folder for their data. */
export function dataFolderOf(row: ExportRow): string {
  return row.period === undefined ? `${folderOf(row)}data/` : `${rootOf(row.settings.S3Prefix)}data/`;
}

export function describeExport(row: ExportRow): Description {
  const { settings, period } = row;
  const { S3SseAlgorithm = "AES256", ExportFormat = "DYNAMODB_JSON", ...rest } = settings;
  return {
    ExportArn: row.arn,
    ExportStatus: row.status,
    StartTime: new Date(row.started),
    EndTime: row.ended === undefined ? undefined : new Date(row.ended),
    ExportManifest: row.status === "COMPLETED" ? `${folderOf(row)}manifest-summary.json` : undefined,
    TableArn: row.tableArn,
    TableId: row.tableId,
    ExportTime: period === undefined ? new Date(row.moment) : undefined,
    ClientToken: row.token,
    ...rest,
    S3SseAlgorithm,
    ExportFormat,
    FailureCode: row.failure?.code,
    FailureMessage: row.failure?.message,
    BilledSizeBytes: row.written?.billed,
    ItemCount: row.written?.items,
    ...(period !== undefined && {
      IncrementalExportSpecification: {
        ExportFromTime: new Date(period.from * 1000),
        ExportToTime: new Date(period.to * 1000),
        ExportViewType: period.view,
      },
    }),
  };
}
