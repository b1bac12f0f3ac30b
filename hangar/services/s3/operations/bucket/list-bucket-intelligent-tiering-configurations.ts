// Lists a bucket's Intelligent-Tiering configurations.

import type {
  ListBucketIntelligentTieringConfigurationsInput,
  ListBucketIntelligentTieringConfigurationsOutput,
} from "../../../../models/s3.d.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketIntelligentTieringConfigurations.html */
export const listBucketIntelligentTieringConfigurations = operation<
  ListBucketIntelligentTieringConfigurationsInput,
  ListBucketIntelligentTieringConfigurationsOutput
>((input, context) => {
  const configurations = Object.values(findBucket(input, context).bucket.tiering ?? {});
  return { IsTruncated: false, IntelligentTieringConfigurationList: configurations };
});
