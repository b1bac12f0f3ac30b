// Tells what a job was asked for and how far it is.

import type { DescribeJobRequest, DescribeJobResult } from "../../../../models/s3control.d.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { describedJob, findJob } from "../../rules/jobs.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_DescribeJob.html */
export const describeJob = operation<DescribeJobRequest, DescribeJobResult>((input, context) => {
  checkAccount(input, context);
  return { Job: describedJob(findJob(context, input.JobId)) };
});
