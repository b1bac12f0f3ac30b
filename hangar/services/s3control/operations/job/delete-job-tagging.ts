// Removes a job's tags.

import type { DeleteJobTaggingRequest, DeleteJobTaggingResult } from "../../../../models/s3control.d.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { findJob } from "../../rules/jobs.ts";
import { changeJob, operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_DeleteJobTagging.html */
export const deleteJobTagging = operation<DeleteJobTaggingRequest, DeleteJobTaggingResult>((input, context) => {
  checkAccount(input, context);
  findJob(context, input.JobId);
  changeJob(context, input.JobId, { tags: [] });
  return {};
});
