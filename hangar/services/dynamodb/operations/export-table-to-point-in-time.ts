// Begins to write a table, as it was at some time, or its changes into a bucket. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html

import { createHash } from "node:crypto";
import { parseArn } from "../../../kernel/arn.ts";
import { encodeRow } from "../../../kernel/row-json.ts";
import type { ExportTableToPointInTimeInput, ExportTableToPointInTimeOutput } from "../../../models/dynamodb.d.ts";
import { describeExport } from "../engine/exports.ts";
import { historyFrom } from "../engine/history.ts";
import { exportConflict, invalidParameter, tableNotFoundException, validation } from "../errors.ts";
import { readExportFilter } from "../rules/export-filter.ts";
import { checkExportForm, checkRestorable, momentOf, periodOf } from "../rules/export-times.ts";
import { jobId } from "../rules/job-ids.ts";
import { restorable } from "../rules/recovery.ts";
import { schemaOf } from "../rules/table-schema.ts";
import { operation, type DynamoContext, type ExportRow, type TableRow } from "../store.ts";

/** A token is good for 8 hours after its export has ended. */
const TOKEN_KEPT = 8 * 3_600_000;

export const exportTableToPointInTime = operation<ExportTableToPointInTimeInput, ExportTableToPointInTimeOutput>(
  (input, context) => {
    checkForm(input);
    const table = tableAt(context, input.TableArn);
    const { ClientToken: token = context.ids.uuid(), ...rest } = input;
    const digest = createHash("sha256").update(encodeRow(rest)).digest("base64");
    const earlier = sameToken(context, token);
    if (earlier !== undefined) {
      if (earlier.digest !== digest) throw exportConflict();
      return { ExportDescription: describeExport(earlier) };
    }
    const row = newExport(context, input, table, { token, digest });
    context.store.exports.put(row.arn, row);
    context.scheduler.later("dynamodb.run-export", { arn: row.arn });
    return { ExportDescription: describeExport(row) };
  },
);

function checkForm(input: ExportTableToPointInTimeInput): void {
  checkExportForm(input);
  if (input.S3SseKmsKeyId !== undefined && input.S3SseAlgorithm !== "KMS")
    throw validation("Invalid Request: KMS Key Id is not supported for this encryption type");
  const { FilterSpecification: filter } = input;
  if (filter !== undefined && Object.values(filter).every((member) => member === undefined))
    throw validation("Invalid Request: Invalid FilterSpecification: The specification can not be empty");
}

/** The ARN's region must be this one: no other is looked at. */
function tableAt(context: DynamoContext, given: string): TableRow {
  const arn = parseArn(given);
  if (arn?.service !== "dynamodb") throw invalidParameter("tableArn is not a valid ARN");
  const name = /^table\/([^/]+)$/.exec(arn.resource)?.[1];
  if (name === undefined) throw validation("Invalid Request: Table ARN is invalid.");
  const table = arn.region === context.region ? context.store.tables.get(name) : undefined;
  if (table === undefined) throw tableNotFoundException(given);
  return table;
}

function sameToken({ store, clock }: DynamoContext, token: string): ExportRow | undefined {
  const now = clock.now();
  for (const row of store.exports.rows())
    if (row.token === token && (row.ended === undefined || now - row.ended <= TOKEN_KEPT)) return row;
  return undefined;
}

function newExport(
  context: DynamoContext,
  input: ExportTableToPointInTimeInput,
  table: TableRow,
  { token, digest }: { readonly token: string; readonly digest: string },
): ExportRow {
  const {
    S3Bucket,
    S3BucketOwner,
    S3Prefix,
    S3SseAlgorithm,
    S3SseKmsKeyId,
    ExportFormat,
    ExportType,
    FilterSpecification,
  } = input;
  if (FilterSpecification !== undefined) readExportFilter(FilterSpecification, schemaOf(table));
  const now = context.clock.now();
  const period = periodOf(input, table, now);
  const moment = momentOf(input, table, now);
  const times = restorable(table, now, historyFrom({ table, store: context.store }, now));
  checkRestorable(period?.from ?? moment, table, times);
  const id = jobId(now, context.ids.hex(8));
  return {
    arn: `${table.arn}/export/${id}`,
    id,
    status: "IN_PROGRESS",
    token,
    digest,
    caller: context.caller,
    started: now,
    tableName: table.name,
    tableArn: table.arn,
    tableId: table.id,
    moment: input.ExportTime?.getTime() ?? now,
    period,
    settings: {
      S3Bucket,
      S3BucketOwner,
      S3Prefix,
      S3SseAlgorithm,
      S3SseKmsKeyId,
      ExportFormat,
      ExportType,
      FilterSpecification,
    },
  };
}
