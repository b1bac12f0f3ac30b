// Forgets a inventory configuration.

import type { DeleteBucketInventoryConfigurationInput } from "../../../../models/s3.d.ts";
import { noConfiguration } from "../../errors.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketInventoryConfiguration.html */
export const deleteBucketInventoryConfiguration = operation<
  DeleteBucketInventoryConfigurationInput,
  Record<string, never>
>((input, context) => {
  const found = findBucket(input, context);
  const { [input.Id]: gone, ...rest } = found.bucket.inventory ?? {};
  if (gone === undefined) throw noConfiguration("NoSuchConfiguration", "The specified configuration does not exist.");
  change(found, { inventory: rest });
  return {};
});
