// Lists a bucket's inventory configurations.

import type {
  ListBucketInventoryConfigurationsInput,
  ListBucketInventoryConfigurationsOutput,
} from "../../../../models/s3.d.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketInventoryConfigurations.html */
export const listBucketInventoryConfigurations = operation<
  ListBucketInventoryConfigurationsInput,
  ListBucketInventoryConfigurationsOutput
>((input, context) => {
  const configurations = Object.values(findBucket(input, context).bucket.inventory ?? {});
  return { IsTruncated: false, InventoryConfigurationList: configurations };
});
