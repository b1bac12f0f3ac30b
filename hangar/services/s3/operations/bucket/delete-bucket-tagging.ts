// Removes a bucket's tags.

import type { DeleteBucketTaggingInput } from "../../../../models/s3.d.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html */
export const deleteBucketTagging = operation<DeleteBucketTaggingInput, Record<string, never>>((input, context) => {
  change(findBucket(input, context), { tags: undefined });
  return {};
});
