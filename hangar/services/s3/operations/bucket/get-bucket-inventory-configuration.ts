// Tells one of a bucket's inventory configurations.

import type {
  GetBucketInventoryConfigurationInput,
  GetBucketInventoryConfigurationOutput,
} from "../../../../models/s3.d.ts";
import { noConfiguration } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketInventoryConfiguration.html */
export const getBucketInventoryConfiguration = operation<
  GetBucketInventoryConfigurationInput,
  GetBucketInventoryConfigurationOutput
>((input, context) => {
  const configuration = findBucket(input, context).bucket.inventory?.[input.Id];
  if (configuration === undefined)
    throw noConfiguration("NoSuchConfiguration", "The specified configuration does not exist.");
  return { InventoryConfiguration: configuration };
});
