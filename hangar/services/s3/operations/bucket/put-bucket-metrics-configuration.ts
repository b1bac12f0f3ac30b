// Keeps a metrics configuration; nothing is reported or moved for it.

import type { PutBucketMetricsConfigurationInput } from "../../../../models/s3.d.ts";
import { s3Error } from "../../errors.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketMetricsConfiguration.html */
export const putBucketMetricsConfiguration = operation<PutBucketMetricsConfigurationInput, Record<string, never>>(
  (input, context) => {
    const found = findBucket(input, context);
    if (input.MetricsConfiguration.Id !== input.Id)
      throw s3Error("IdMismatch", "Document ID does not match the specified configuration ID.");
    change(found, { metrics: { ...found.bucket.metrics, [input.Id]: input.MetricsConfiguration } });
    return {};
  },
);
