// Tells whether a bucket's tags count in policies.

import type { GetBucketAbacInput, GetBucketAbacOutput } from "../../../../models/s3.d.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAbac.html */
export const getBucketAbac = operation<GetBucketAbacInput, GetBucketAbacOutput>((input, context) => {
  return { AbacStatus: { Status: findBucket(input, context).bucket.abac ?? "Disabled" } };
});
