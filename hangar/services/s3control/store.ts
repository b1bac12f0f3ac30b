// The tables of S3 Control: jobs. Access points and what accounts block are S3's own.

import { operationsOn, table, type Context as ContextOf } from "../../cloud/operation.ts";
import type { CreateJobRequest, JobFailure, S3TagSet } from "../../models/s3control.d.ts";

/** Times are milliseconds. */
export type Job = {
  readonly id: string;
  readonly arn: string;
  /** As it was asked for, without its tags. */
  readonly request: Omit<CreateJobRequest, "Tags">;
  readonly status: string;
  readonly priority: number;
  readonly created: number;
  readonly ended?: number | undefined;
  readonly suspended?: number | undefined;
  /** Why its status was changed. */
  readonly reason?: string | undefined;
  readonly failures: readonly JobFailure[];
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly tags: S3TagSet;
};

export const tables = {
  jobs: table<Job>(),
  /** Ids of jobs by the tokens they were asked for with. */
  tokens: table<string>(),
};

export type Tables = typeof tables;
export type Context = ContextOf<Tables>;
export const operation = operationsOn<Tables>();

export function changeJob({ store }: Context, id: string, members: Partial<Job>): Job {
  const job = { ...(store.jobs.get(id) as Job), ...members };
  store.jobs.put(id, job);
  return job;
}
