// Tells until when an object is retained.

import type { GetObjectRetentionInput, GetObjectRetentionOutput } from "../../../../models/s3.d.ts";
import { objectAt } from "../../engine/versions.ts";
import { invalidRequest, noConfiguration } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectRetention.html */
export const getObjectRetention = operation<GetObjectRetentionInput, GetObjectRetentionOutput>((input, context) => {
  const found = findBucket(input, context);
  if (found.bucket.objectLock === undefined) throw invalidRequest("Bucket is missing Object Lock Configuration");
  const lock = objectAt(found, input).lock;
  if (lock?.mode === undefined || lock.until === undefined) {
    throw noConfiguration(
      "NoSuchObjectLockConfiguration",
      "The specified object does not have a ObjectLock configuration",
    );
  }
  return { Retention: { Mode: lock.mode, RetainUntilDate: new Date(lock.until) } };
});
