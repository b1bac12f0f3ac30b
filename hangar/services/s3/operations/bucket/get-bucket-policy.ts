// Tells a bucket's policy.

import type { GetBucketPolicyInput, GetBucketPolicyOutput } from "../../../../models/s3.d.ts";
import { noConfiguration } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
export const getBucketPolicy = operation<GetBucketPolicyInput, GetBucketPolicyOutput>((input, context) => {
  const { bucket } = findBucket(input, context);
  if (bucket.policy === undefined)
    throw noConfiguration("NoSuchBucketPolicy", "The bucket policy does not exist", bucket.name);
  return { Policy: bucket.policy };
});
