// Lists a bucket's analytics configurations.

import type {
  ListBucketAnalyticsConfigurationsInput,
  ListBucketAnalyticsConfigurationsOutput,
} from "../../../../models/s3.d.ts";
import { configurationPage } from "../../rules/configuration-pages.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketAnalyticsConfigurations.html */
export const listBucketAnalyticsConfigurations = operation<
  ListBucketAnalyticsConfigurationsInput,
  ListBucketAnalyticsConfigurationsOutput
>((input, context) => {
  const { items, members } = configurationPage(findBucket(input, context).bucket.analytics, input.ContinuationToken);
  return { ...members, AnalyticsConfigurationList: items };
});
