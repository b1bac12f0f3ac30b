// Deletes an empty bucket.

import type { DeleteBucketInput } from "../../../../models/s3.d.ts";
import { stopLogging } from "../../engine/access-log.ts";
import { hasAccessPoints } from "../../engine/access-points.ts";
import { forget } from "../../engine/uploads.ts";
import { bucketNotEmpty, s3Error } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation, sharedStore } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html: uploads under way do not count. */
export const deleteBucket = operation<DeleteBucketInput, Record<string, never>>((input, context) => {
  const found = findBucket(input, context);
  const { bucket, store } = found;
  const prefix = `${bucket.name}\u0000`;
  const versioned = bucket.versioning !== undefined;
  if (store.objects.first({ prefix }) !== undefined) throw bucketNotEmpty(bucket.name, versioned);
  if (store.versions.first({ prefix }) !== undefined) throw bucketNotEmpty(bucket.name, true);
  if (hasAccessPoints(context, bucket.name, bucket.account)) {
    const message =
      "The bucket you are attempting to delete has access points attached. Delete your access points before deleting this bucket.";
    throw s3Error("BucketHasAccessPointsAttached", message);
  }
  const uploads = [...store.uploads.rows({ prefix })];
  for (const upload of uploads) forget(found, upload);
  store.buckets.delete(bucket.name);
  if (bucket.logging !== undefined) stopLogging(context, found);
  sharedStore(context).names.delete(bucket.name);
  return {};
});
