// Lists the jobs of an account, the newest first.

import type { ListJobsRequest, ListJobsResult } from "../../../../models/s3control.d.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { listedJob } from "../../rules/jobs.ts";
import { readToken, writeToken } from "../../rules/page-token.ts";
import { operation } from "../../store.ts";

const MOST = 1000;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListJobs.html */
export const listJobs = operation<ListJobsRequest, ListJobsResult>((input, context) => {
  checkAccount(input, context);
  const max = input.MaxResults === undefined || input.MaxResults === 0 ? MOST : input.MaxResults;
  const statuses = input.JobStatuses ?? [];
  const jobs = [...context.store.jobs.rows()]
    .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
    .toSorted((left, right) => right.created - left.created || (left.id < right.id ? -1 : 1));
  const after = input.NextToken === undefined ? undefined : readToken(input.NextToken);
  const start = after === undefined ? 0 : jobs.findIndex(({ id }) => id === after) + 1;
  const page = jobs.slice(start, start + max);
  const last = page.at(-1);
  return {
    Jobs: page.map(listedJob),
    ...(start + max < jobs.length && last !== undefined ? { NextToken: writeToken(last.id) } : {}),
  };
});
