// Tells whether a bucket keeps versions.

import type { GetBucketVersioningInput, GetBucketVersioningOutput } from "../../../../models/s3.d.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html */
export const getBucketVersioning = operation<GetBucketVersioningInput, GetBucketVersioningOutput>((input, context) => {
  const { bucket } = findBucket(input, context);
  const { versioning: status, mfaDelete } = bucket;
  return {
    ...(status === undefined ? {} : { Status: status }),
    ...(mfaDelete === undefined ? {} : { MFADelete: mfaDelete }),
  };
});
