// Stops serving a bucket as a website.

import type { DeleteBucketWebsiteInput } from "../../../../models/s3.d.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketWebsite.html */
export const deleteBucketWebsite = operation<DeleteBucketWebsiteInput, Record<string, never>>((input, context) => {
  change(findBucket(input, context), { website: undefined });
  return {};
});
