// Lists a bucket's metrics configurations.

import type {
  ListBucketMetricsConfigurationsInput,
  ListBucketMetricsConfigurationsOutput,
} from "../../../../models/s3.d.ts";
import { configurationPage } from "../../rules/configuration-pages.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketMetricsConfigurations.html */
export const listBucketMetricsConfigurations = operation<
  ListBucketMetricsConfigurationsInput,
  ListBucketMetricsConfigurationsOutput
>((input, context) => {
  const { items, members } = configurationPage(findBucket(input, context).bucket.metrics, input.ContinuationToken);
  return { ...members, MetricsConfigurationList: items };
});
