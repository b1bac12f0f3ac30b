// Removes a bucket's lifecycle rules.

import type { DeleteBucketLifecycleInput } from "../../../../models/s3.d.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html */
export const deleteBucketLifecycle = operation<DeleteBucketLifecycleInput, Record<string, never>>((input, context) => {
  change(findBucket(input, context), { lifecycle: undefined });
  return {};
});
