// Tells a bucket's tags.

import type { GetBucketTaggingInput, GetBucketTaggingOutput } from "../../../../models/s3.d.ts";
import { noConfiguration } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html */
export const getBucketTagging = operation<GetBucketTaggingInput, GetBucketTaggingOutput>((input, context) => {
  const { bucket } = findBucket(input, context);
  if (bucket.tags === undefined) throw noConfiguration("NoSuchTagSet", "The TagSet does not exist", bucket.name);
  return { TagSet: bucket.tags };
});
