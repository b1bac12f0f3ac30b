// Lists a bucket's Intelligent-Tiering configurations.

import type {
  ListBucketIntelligentTieringConfigurationsInput,
  ListBucketIntelligentTieringConfigurationsOutput,
} from "../../../../models/s3.d.ts";
import { configurationPage } from "../../rules/configuration-pages.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketIntelligentTieringConfigurations.html */
export const listBucketIntelligentTieringConfigurations = operation<
  ListBucketIntelligentTieringConfigurationsInput,
  ListBucketIntelligentTieringConfigurationsOutput
>((input, context) => {
  const { items, members } = configurationPage(findBucket(input, context).bucket.tiering, input.ContinuationToken);
  return { ...members, IntelligentTieringConfigurationList: items };
});
