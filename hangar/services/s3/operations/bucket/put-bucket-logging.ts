// Sets where a bucket's access log goes; the log itself is not written.

import type { PutBucketLoggingInput } from "../../../../models/s3.d.ts";
import { s3Error } from "../../errors.ts";
import { change, findBucket, lookUp } from "../../rules/find-bucket.ts";
import type { Context } from "../../store.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html */
export const putBucketLogging = operation<PutBucketLoggingInput, Record<string, never>>((input, context) => {
  const found = findBucket(input, context);
  const logging = input.BucketLoggingStatus.LoggingEnabled;
  if (logging !== undefined) checkTarget(context, found.bucket.region, logging.TargetBucket);
  change(found, { logging });
  return {};
});

function checkTarget(context: Context, region: string, name: string): void {
  const target = lookUp(context, name);
  if (target === undefined || target.bucket.account !== context.account) {
    throw s3Error("InvalidTargetBucketForLogging", "The target bucket for logging does not exist", 400, {
      TargetBucket: name,
    });
  }
  if (target.bucket.region === region) return;
  const members = {
    ...(context.region === region ? {} : { SourceBucketLocation: region }),
    TargetBucketLocation: target.bucket.region,
  };
  throw s3Error("CrossLocationLoggingProhibitted", "Cross S3 location logging not allowed. ", 403, members);
}
