// Tells a job's tags.

import type { GetJobTaggingRequest, GetJobTaggingResult } from "../../../../models/s3control.d.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { findJob } from "../../rules/jobs.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetJobTagging.html */
export const getJobTagging = operation<GetJobTaggingRequest, GetJobTaggingResult>((input, context) => {
  checkAccount(input, context);
  return { Tags: findJob(context, input.JobId).tags };
});
