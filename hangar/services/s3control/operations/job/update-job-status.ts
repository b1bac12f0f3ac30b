// Cancels a job, or lets one go on that awaits confirmation.

import type { UpdateJobStatusRequest, UpdateJobStatusResult } from "../../../../models/s3control.d.ts";
import { jobStatus } from "../../errors.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { findJob, hasEnded } from "../../rules/jobs.ts";
import { changeJob, operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_UpdateJobStatus.html */
export const updateJobStatus = operation<UpdateJobStatusRequest, UpdateJobStatusResult>((input, context) => {
  checkAccount(input, context);
  const { JobId: id, RequestedJobStatus: wanted, StatusUpdateReason: reason } = input;
  const job = findJob(context, id);
  const { status } = job;
  if (
    hasEnded(job) ||
    status === "Completing" ||
    status === "Failing" ||
    (wanted === "Ready" && status !== "Suspended")
  )
    throw jobStatus(`The job cannot become ${wanted}: its status is ${status}.`);
  const now =
    wanted === "Ready" ? "Ready" : status === "Active" || status === "Cancelling" ? "Cancelling" : "Cancelled";
  const ended = now === "Cancelled" ? { ended: context.clock.now() } : {};
  changeJob(context, id, { status: now, reason, suspended: undefined, ...ended });
  if (now === "Ready") context.scheduler.later("s3control.runJob", { id });
  return { JobId: id, Status: now, ...(reason === undefined ? {} : { StatusUpdateReason: reason }) };
});
