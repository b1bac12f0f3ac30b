// Says whether a bucket exists, and where.

import type { HeadBucketInput, HeadBucketOutput } from "../../../../models/s3.d.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export const headBucket = operation<HeadBucketInput, HeadBucketOutput>((input, context) => {
  const { bucket, accessPoint } = findBucket(input, context);
  return {
    BucketRegion: bucket.region,
    BucketArn: `arn:aws:s3:::${bucket.name}`,
    AccessPointAlias: accessPoint?.alias === input.Bucket,
  };
});
