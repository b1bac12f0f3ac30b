// Sets where a bucket's access log goes.

import type { PutBucketLoggingInput } from "../../../../models/s3.d.ts";
import { startLogging, stopLogging } from "../../engine/access-log.ts";
import { s3Error } from "../../errors.ts";
import { checkLogging } from "../../rules/configuration-forms.ts";
import { change, findBucket, lookUp } from "../../rules/find-bucket.ts";
import { admitsLogDelivery, enforcesOwner } from "../../rules/grants.ts";
import type { Bucket, Context } from "../../store.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html */
export const putBucketLogging = operation<PutBucketLoggingInput, Record<string, never>>((input, context) => {
  const found = findBucket(input, context);
  const logging = input.BucketLoggingStatus.LoggingEnabled;
  if (logging !== undefined) {
    checkLogging(logging);
    checkTarget(context, found.bucket, logging.TargetBucket);
  }
  change(found, { logging });
  if (logging === undefined) stopLogging(context, found);
  else startLogging(context, found);
  return {};
});

function checkTarget(context: Context, source: Bucket, name: string): void {
  const target = lookUp(context, name)?.bucket;
  if (target === undefined) throw invalidTarget(name, "The target bucket for logging does not exist");
  if (target.region !== source.region) {
    const members = {
      ...(source.region === "us-east-1" ? {} : { SourceBucketLocation: source.region }),
      TargetBucketLocation: target.region,
    };
    throw s3Error("CrossLocationLoggingProhibitted", "Cross S3 location logging not allowed. ", 403, members);
  }
  if (target.account !== source.account)
    throw invalidTarget(name, "The owner for the bucket to be logged and the target bucket must be the same.");
  // Without access control lists the bucket's policy decides, at each delivery.
  if (
    !enforcesOwner(target) &&
    target.policy?.includes("logging.s3.amazonaws.com") !== true &&
    !admitsLogDelivery(target)
  )
    throw invalidTarget(
      name,
      "You must give the log-delivery group WRITE and READ_ACP permissions to the target bucket",
    );
}

function invalidTarget(name: string, message: string): Error {
  return s3Error("InvalidTargetBucketForLogging", message, 400, { TargetBucket: name });
}
