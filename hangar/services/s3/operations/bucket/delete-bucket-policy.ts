// Removes a bucket's policy.

import type { DeleteBucketPolicyInput } from "../../../../models/s3.d.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html */
export const deleteBucketPolicy = operation<DeleteBucketPolicyInput, Record<string, never>>((input, context) => {
  change(findBucket(input, context), { policy: undefined });
  return {};
});
