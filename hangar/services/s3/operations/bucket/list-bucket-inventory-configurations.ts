// Lists a bucket's inventory configurations.

import type {
  ListBucketInventoryConfigurationsInput,
  ListBucketInventoryConfigurationsOutput,
} from "../../../../models/s3.d.ts";
import { configurationPage } from "../../rules/configuration-pages.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketInventoryConfigurations.html */
export const listBucketInventoryConfigurations = operation<
  ListBucketInventoryConfigurationsInput,
  ListBucketInventoryConfigurationsOutput
>((input, context) => {
  const { items, members } = configurationPage(findBucket(input, context).bucket.inventory, input.ContinuationToken);
  return { ...members, InventoryConfigurationList: items };
});
