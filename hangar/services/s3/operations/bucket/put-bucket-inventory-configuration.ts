// Keeps a inventory configuration; nothing is reported or moved for it.

import type { PutBucketInventoryConfigurationInput } from "../../../../models/s3.d.ts";
import { s3Error } from "../../errors.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketInventoryConfiguration.html */
export const putBucketInventoryConfiguration = operation<PutBucketInventoryConfigurationInput, Record<string, never>>(
  (input, context) => {
    const found = findBucket(input, context);
    if (input.InventoryConfiguration.Id !== input.Id)
      throw s3Error("IdMismatch", "Document ID does not match the specified configuration ID.");
    const target = /^arn:aws[\w-]*:s3:::(.+)$/.exec(
      input.InventoryConfiguration.Destination.S3BucketDestination.Bucket,
    );
    if (target === null) throw s3Error("InvalidS3DestinationBucket", "Invalid bucket ARN.");
    change(found, { inventory: { ...found.bucket.inventory, [input.Id]: input.InventoryConfiguration } });
    return {};
  },
);
