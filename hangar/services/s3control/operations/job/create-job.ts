// Makes a job of S3 Batch Operations, which runs on the world's clock.

import type { CreateJobRequest, CreateJobResult } from "../../../../models/s3control.d.ts";
import { isDeepStrictEqual } from "node:util";
import { formatArn } from "../../../../kernel/arn.ts";
import { idempotency } from "../../errors.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { checkJob } from "../../rules/jobs.ts";
import { checkJobTags } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_CreateJob.html */
export const createJob = operation<CreateJobRequest, CreateJobResult>((input, context) => {
  checkAccount(input, context);
  checkJob(input);
  const { ClientRequestToken: token, Tags: tags = [], ...request } = input;
  const { account, region, store, clock } = context;
  const before = token === undefined ? undefined : store.jobs.get(store.tokens.get(token) ?? "");
  if (before !== undefined) {
    if (!isDeepStrictEqual(before.request, request)) throw idempotency();
    return { JobId: before.id };
  }
  const id = context.ids.uuid();
  store.jobs.put(id, {
    id,
    arn: formatArn({ service: "s3", region, account, resource: `job/${id}` }),
    request,
    status: "New",
    priority: input.Priority,
    created: clock.now(),
    failures: [],
    total: 0,
    succeeded: 0,
    failed: 0,
    tags: checkJobTags(tags),
  });
  if (token !== undefined) store.tokens.put(token, id);
  context.scheduler.later("s3control.runJob", { id });
  return { JobId: id };
});
