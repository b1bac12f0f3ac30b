// Tells one of a bucket's analytics configurations.

import type {
  GetBucketAnalyticsConfigurationInput,
  GetBucketAnalyticsConfigurationOutput,
} from "../../../../models/s3.d.ts";
import { noConfiguration } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAnalyticsConfiguration.html */
export const getBucketAnalyticsConfiguration = operation<
  GetBucketAnalyticsConfigurationInput,
  GetBucketAnalyticsConfigurationOutput
>((input, context) => {
  const configuration = findBucket(input, context).bucket.analytics?.[input.Id];
  if (configuration === undefined)
    throw noConfiguration("NoSuchConfiguration", "The specified configuration does not exist.");
  return { AnalyticsConfiguration: configuration };
});
