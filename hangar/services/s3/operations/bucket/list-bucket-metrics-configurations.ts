// Lists a bucket's metrics configurations.

import type {
  ListBucketMetricsConfigurationsInput,
  ListBucketMetricsConfigurationsOutput,
} from "../../../../models/s3.d.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketMetricsConfigurations.html */
export const listBucketMetricsConfigurations = operation<
  ListBucketMetricsConfigurationsInput,
  ListBucketMetricsConfigurationsOutput
>((input, context) => {
  const configurations = Object.values(findBucket(input, context).bucket.metrics ?? {});
  return { IsTruncated: false, MetricsConfigurationList: configurations };
});
