// What is kept of an export, and of how exports and imports end.

import type { ExportTableToPointInTimeInput } from "../../../models/dynamodb.d.ts";
import type { Caller } from "../../../cloud/operation.ts";

export type JobFailure = { readonly code: string; readonly message: string };

/** What is written into a bucket. Times are milliseconds, but for the period's, which are seconds. */
export type ExportRow = {
  readonly arn: string;
  readonly id: string;
  readonly status: "IN_PROGRESS" | "COMPLETED" | "FAILED";
  readonly token: string;
  /** Of the request without its token. */
  readonly digest: string;
  /** Who asked for it: the bucket's and the key's permissions are theirs. */
  readonly caller: Caller;
  readonly started: number;
  readonly ended?: number | undefined;
  readonly tableName: string;
  readonly tableArn: string;
  readonly tableId: string;
  readonly moment: number;
  /** Of an incremental export: `to` is no part of it. */
  readonly period?: { readonly from: number; readonly to: number; readonly view: string } | undefined;
  readonly settings: {
    readonly S3Bucket: string;
    readonly S3BucketOwner?: string | undefined;
    readonly S3Prefix?: string | undefined;
    readonly S3SseAlgorithm?: string | undefined;
    readonly S3SseKmsKeyId?: string | undefined;
    readonly ExportFormat?: string | undefined;
    readonly ExportType?: string | undefined;
    readonly FilterSpecification?: ExportTableToPointInTimeInput["FilterSpecification"];
  };
  readonly written?: { readonly items: number; readonly billed: number } | undefined;
  readonly failure?: JobFailure | undefined;
};

export type ImportCounts = { readonly imported: number; readonly errors: number; readonly bytes: number };
