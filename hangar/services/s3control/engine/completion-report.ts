// The report of a job that has ended: a CSV of what was done, one of what was not, and their manifest.

import { createHash } from "node:crypto";
import type { Caller } from "../../../cloud/operation.ts";
import { csvLine } from "../rules/csv.ts";
import type { Context, Job } from "../store.ts";
import { bucketIn, type Task } from "./manifest.ts";

export type Outcome = {
  readonly task: Task;
  readonly status: "succeeded" | "failed";
  readonly code?: string | undefined;
  readonly httpStatus: number;
  readonly message: string;
};

export class CompletionReport {
  readonly #lines = { succeeded: [] as string[], failed: [] as string[] };
  readonly #job: Job;

  constructor(job: Job) {
    this.#job = job;
  }

  add({ task, status, code = "", httpStatus, message }: Outcome): void {
    const { Enabled: enabled, ReportScope: scope } = this.#job.request.Report;
    if (!enabled || (status === "succeeded" && scope === "FailedTasksOnly")) return;
    const { bucket, key, versionId = "" } = task;
    const place = encodeURIComponent(key).replaceAll("%2F", "/");
    this.#lines[status].push(csvLine([bucket, place, versionId, status, String(httpStatus), code, message]));
  }

  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-examples-reports.html */
  async write({ ports, ids, clock }: Context, role: Caller): Promise<void> {
    const { Report: report } = this.#job.request;
    if (!report.Enabled) return;
    const bucket = bucketIn(report.Bucket ?? "");
    const folder = `${report.Prefix === undefined ? "" : `${report.Prefix}/`}job-${this.#job.id}`;
    const options = { as: role, owner: report.ExpectedBucketOwner, encryption: "AES256" };
    const Results: object[] = [];
    for (const status of ["succeeded", "failed"] as const) {
      const lines = this.#lines[status];
      if (lines.length === 0) continue;
      const text = `${lines.join("\n")}\n`;
      const Key = `${folder}/results/${ids.hex(40)}.csv`;
      await ports.objects.put(bucket, Key, text, { ...options, contentType: "text/csv" });
      const MD5Checksum = createHash("md5").update(text).digest("hex");
      Results.push({ TaskExecutionStatus: status, Bucket: bucket, MD5Checksum, Key });
    }
    const manifest = {
      Format: report.Format,
      ReportCreationDate: clock.date().toISOString(),
      Results,
      ReportSchema: "Bucket, Key, VersionId, TaskStatus, ErrorCode, HTTPStatusCode, ResultMessage",
    };
    await ports.objects.put(bucket, `${folder}/manifest.json`, JSON.stringify(manifest), {
      ...options,
      contentType: "application/json",
    });
  }
}
