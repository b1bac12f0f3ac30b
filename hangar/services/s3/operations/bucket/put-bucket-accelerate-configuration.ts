// Turns transfer acceleration on or off; nothing is faster for it.

import type { PutBucketAccelerateConfigurationInput } from "../../../../models/s3.d.ts";
import { invalidRequest, malformedXml } from "../../errors.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAccelerateConfiguration.html */
export const putBucketAccelerateConfiguration = operation<PutBucketAccelerateConfigurationInput, Record<string, never>>(
  (input, context) => {
    const found = findBucket(input, context);
    const { Status: status } = input.AccelerateConfiguration;
    if (found.bucket.name.includes(".")) {
      throw invalidRequest("S3 Transfer Acceleration is not supported for buckets with periods (.) in their names");
    }
    if (status !== "Enabled" && status !== "Suspended") throw malformedXml();
    change(found, { accelerate: status });
    return {};
  },
);
