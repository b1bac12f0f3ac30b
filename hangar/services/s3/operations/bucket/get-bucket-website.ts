// Tells how a bucket is served as a website.

import type { GetBucketWebsiteInput, GetBucketWebsiteOutput } from "../../../../models/s3.d.ts";
import { noConfiguration } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketWebsite.html */
export const getBucketWebsite = operation<GetBucketWebsiteInput, GetBucketWebsiteOutput>((input, context) => {
  const { bucket } = findBucket(input, context);
  if (bucket.website === undefined) {
    throw noConfiguration(
      "NoSuchWebsiteConfiguration",
      "The specified bucket does not have a website configuration",
      bucket.name,
    );
  }
  return bucket.website;
});
