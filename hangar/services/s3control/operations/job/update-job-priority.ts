// Sets a job's priority.

import type { UpdateJobPriorityRequest, UpdateJobPriorityResult } from "../../../../models/s3control.d.ts";
import { jobStatus } from "../../errors.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { findJob, hasEnded } from "../../rules/jobs.ts";
import { changeJob, operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_UpdateJobPriority.html */
export const updateJobPriority = operation<UpdateJobPriorityRequest, UpdateJobPriorityResult>((input, context) => {
  checkAccount(input, context);
  const { JobId, Priority } = input;
  if (hasEnded(findJob(context, JobId))) throw jobStatus("The priority of a job that has ended cannot be changed.");
  changeJob(context, JobId, { priority: Priority });
  return { JobId, Priority };
});
