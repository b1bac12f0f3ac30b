// Removes a bucket's CORS rules.

import type { DeleteBucketCorsInput } from "../../../../models/s3.d.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketCors.html */
export const deleteBucketCors = operation<DeleteBucketCorsInput, Record<string, never>>((input, context) => {
  change(findBucket(input, context), { cors: undefined });
  return {};
});
