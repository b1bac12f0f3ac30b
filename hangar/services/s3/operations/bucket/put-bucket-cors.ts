// Sets which origins may use a bucket.

import type { PutBucketCorsInput } from "../../../../models/s3.d.ts";
import { checkCors } from "../../rules/cors.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
export const putBucketCors = operation<PutBucketCorsInput, Record<string, never>>((input, context) => {
  const found = findBucket(input, context);
  const cors = input.CORSConfiguration.CORSRules ?? [];
  checkCors(cors);
  change(found, { cors });
  return {};
});
