// Serves a bucket as a website.

import type { PutBucketWebsiteInput } from "../../../../models/s3.d.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { checkWebsite } from "../../rules/websites.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html */
export const putBucketWebsite = operation<PutBucketWebsiteInput, Record<string, never>>((input, context) => {
  const found = findBucket(input, context);
  checkWebsite(input.WebsiteConfiguration);
  change(found, { website: input.WebsiteConfiguration });
  return {};
});
