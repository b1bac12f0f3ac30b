// Sets a job's tags.

import type { PutJobTaggingRequest, PutJobTaggingResult } from "../../../../models/s3control.d.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { findJob } from "../../rules/jobs.ts";
import { checkJobTags } from "../../rules/tags.ts";
import { changeJob, operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutJobTagging.html */
export const putJobTagging = operation<PutJobTaggingRequest, PutJobTaggingResult>((input, context) => {
  checkAccount(input, context);
  findJob(context, input.JobId);
  changeJob(context, input.JobId, { tags: checkJobTags(input.Tags) });
  return {};
});
