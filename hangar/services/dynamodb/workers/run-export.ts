// Writes an export into its bucket, as whoever asked for it: data, manifests and their checksums.

import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { AwsError } from "../../../kernel/aws-error.ts";
import { dataFolderOf, folderOf } from "../engine/exports.ts";
import { filesOf } from "../engine/export-lines.ts";
import { jobFailure } from "../engine/job-failure.ts";
import { measured } from "../engine/table-rows.ts";
import { tableNotFoundException } from "../errors.ts";
import type { DynamoContext, ExportRow } from "../store.ts";

const compressed = promisify(gzip);
/** What the smallest incremental export costs. */
const LEAST_BILLED = 10_000_000;
const NAME_CHARS = 26;

const md5 = (bytes: Uint8Array | string): string => createHash("md5").update(bytes).digest("base64");

export async function runExport({ arn }: { readonly arn: string }, context: DynamoContext): Promise<void> {
  const row = context.store.exports.get(arn);
  if (row?.status !== "IN_PROGRESS") return;
  const ended = () => context.clock.now();
  try {
    const written = await write(context, row);
    context.store.exports.put(arn, { ...row, status: "COMPLETED", written, ended: ended() });
  } catch (error) {
    context.store.exports.put(arn, { ...row, status: "FAILED", failure: jobFailure(context, error), ended: ended() });
    if (!(error instanceof AwsError)) throw error;
  }
}

type Written = NonNullable<ExportRow["written"]>;

async function write(context: DynamoContext, row: ExportRow): Promise<Written> {
  const { store } = context;
  const table = store.tables.get(row.tableName);
  if (table?.id !== row.tableId) throw tableNotFoundException(row.tableArn);
  const put = putting(context, row);
  await put(`${folderOf(row)}_started`, "");
  const manifest: string[] = [];
  let items = 0;
  for (const file of filesOf({ table, store }, row)) {
    const bytes = await compressed(file.text);
    const extension = row.settings.ExportFormat === "ION" ? "ion.gz" : "json.gz";
    const dataFileS3Key = `${dataFolderOf(row)}${context.ids.lower(NAME_CHARS)}.${extension}`;
    const etag = await put(dataFileS3Key, bytes);
    items += file.items;
    manifest.push(`${JSON.stringify({ itemCount: file.items, md5Checksum: md5(bytes), etag, dataFileS3Key })}\n`);
  }
  const { bytes } = measured(context, store, table).measured;
  const written = { items, billed: row.period === undefined ? bytes : Math.max(LEAST_BILLED, bytes) };
  await putChecked(put, `${folderOf(row)}manifest-files`, manifest.join(""));
  await putChecked(put, `${folderOf(row)}manifest-summary`, summaryOf(row, written, context.clock.now()));
  return written;
}

type Put = (key: string, body: Uint8Array | string) => Promise<string>;

function putting(context: DynamoContext, { settings, caller }: ExportRow): Put {
  const as = { ...caller, via: "dynamodb.amazonaws.com" };
  const encryption = settings.S3SseAlgorithm === "KMS" ? "aws:kms" : "AES256";
  const owner = settings.S3BucketOwner ?? context.account;
  return async (key, body) => {
    const options = { as, encryption, kmsKeyId: settings.S3SseKmsKeyId, owner };
    const { etag } = await context.ports.objects.put(settings.S3Bucket, key, body, options);
    return etag;
  };
}

async function putChecked(put: Put, name: string, text: string): Promise<void> {
  await put(`${name}.json`, text);
  await put(`${name}.md5`, md5(text));
}

function summaryOf(row: ExportRow, { items, billed }: Written, now: number): string {
  const { settings, period } = row;
  const time = (at: number): string => new Date(at).toISOString();
  return JSON.stringify({
    version: period === undefined ? "2020-06-30" : "2023-08-01",
    exportArn: row.arn,
    startTime: time(row.started),
    endTime: time(now),
    tableArn: row.tableArn,
    tableId: row.tableId,
    ...(period === undefined
      ? { exportTime: time(row.moment) }
      : { exportFromTime: time(period.from * 1000), exportToTime: time(period.to * 1000) }),
    s3Bucket: settings.S3Bucket,
    s3Prefix: settings.S3Prefix ?? null,
    s3SseAlgorithm: settings.S3SseAlgorithm ?? "AES256",
    s3SseKmsKeyId: settings.S3SseKmsKeyId ?? null,
    manifestFilesS3Key: `${folderOf(row)}manifest-files.json`,
    billedSizeBytes: billed,
    itemCount: items,
    outputFormat: settings.ExportFormat ?? "DYNAMODB_JSON",
    ...(period !== undefined && { outputView: period.view, exportType: "INCREMENTAL_EXPORT" }),
  });
}
