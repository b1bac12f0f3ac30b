// Says whether a bucket's tags count in policies.

import type { PutBucketAbacInput } from "../../../../models/s3.d.ts";
import { malformedXml } from "../../errors.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAbac.html */
export const putBucketAbac = operation<PutBucketAbacInput, Record<string, never>>((input, context) => {
  const found = findBucket(input, context);
  const { Status: status } = input.AbacStatus;
  if (status !== "Enabled" && status !== "Disabled") throw malformedXml();
  change(found, { abac: status });
  return {};
});
