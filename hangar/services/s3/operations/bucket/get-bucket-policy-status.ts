// Tells whether a bucket's policy is public.

import type { GetBucketPolicyStatusInput, GetBucketPolicyStatusOutput } from "../../../../models/s3.d.ts";
import { noConfiguration } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { isPublicPolicy } from "../../rules/policies.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html */
export const getBucketPolicyStatus = operation<GetBucketPolicyStatusInput, GetBucketPolicyStatusOutput>(
  (input, context) => {
    const { bucket } = findBucket(input, context);
    if (bucket.policy === undefined)
      throw noConfiguration("NoSuchBucketPolicy", "The bucket policy does not exist", bucket.name);
    return { PolicyStatus: { IsPublic: isPublicPolicy(bucket.policy) } };
  },
);
