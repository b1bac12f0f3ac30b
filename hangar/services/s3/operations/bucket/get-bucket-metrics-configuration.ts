// Tells one of a bucket's metrics configurations.

import type {
  GetBucketMetricsConfigurationInput,
  GetBucketMetricsConfigurationOutput,
} from "../../../../models/s3.d.ts";
import { noConfiguration } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketMetricsConfiguration.html */
export const getBucketMetricsConfiguration = operation<
  GetBucketMetricsConfigurationInput,
  GetBucketMetricsConfigurationOutput
>((input, context) => {
  const configuration = findBucket(input, context).bucket.metrics?.[input.Id];
  if (configuration === undefined)
    throw noConfiguration("NoSuchConfiguration", "The specified configuration does not exist.");
  return { MetricsConfiguration: configuration };
});
