// Tells which origins may use a bucket.

import type { GetBucketCorsInput, GetBucketCorsOutput } from "../../../../models/s3.d.ts";
import { noConfiguration } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html */
export const getBucketCors = operation<GetBucketCorsInput, GetBucketCorsOutput>((input, context) => {
  const { bucket } = findBucket(input, context);
  if (bucket.cors === undefined)
    throw noConfiguration("NoSuchCORSConfiguration", "The CORS configuration does not exist", bucket.name);
  return { CORSRules: bucket.cors };
});
