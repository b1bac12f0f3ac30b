// Tells one of a bucket's Intelligent-Tiering configurations.

import type {
  GetBucketIntelligentTieringConfigurationInput,
  GetBucketIntelligentTieringConfigurationOutput,
} from "../../../../models/s3.d.ts";
import { noConfiguration } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketIntelligentTieringConfiguration.html */
export const getBucketIntelligentTieringConfiguration = operation<
  GetBucketIntelligentTieringConfigurationInput,
  GetBucketIntelligentTieringConfigurationOutput
>((input, context) => {
  const configuration = findBucket(input, context).bucket.tiering?.[input.Id];
  if (configuration === undefined)
    throw noConfiguration("NoSuchConfiguration", "The specified configuration does not exist.");
  return { IntelligentTieringConfiguration: configuration };
});
