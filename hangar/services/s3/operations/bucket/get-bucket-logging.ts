// Tells where a bucket's access log goes.

import type { GetBucketLoggingInput, GetBucketLoggingOutput } from "../../../../models/s3.d.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html */
export const getBucketLogging = operation<GetBucketLoggingInput, GetBucketLoggingOutput>((input, context) => {
  const { bucket } = findBucket(input, context);
  return bucket.logging === undefined ? {} : { LoggingEnabled: bucket.logging };
});
