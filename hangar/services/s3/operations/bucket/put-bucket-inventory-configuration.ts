// Sets what inventory of a bucket is reported, how often and where to.

import type { PutBucketInventoryConfigurationInput } from "../../../../models/s3.d.ts";
import { notEmulated } from "../../../../kernel/aws-error.ts";
import { s3Error } from "../../errors.ts";
import { findDuckdb } from "../../engine/duckdb.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { checkInventory } from "../../rules/inventory-rows.ts";
import { operation, sharedStore } from "../../store.ts";
import { inventoryRun, scheduleInventory } from "../../workers/inventory.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketInventoryConfiguration.html */
export const putBucketInventoryConfiguration = operation<PutBucketInventoryConfigurationInput, Record<string, never>>(
  async (input, context) => {
    let found = findBucket(input, context);
    checkInventory(input.InventoryConfiguration);
    if (input.InventoryConfiguration.Id !== input.Id)
      throw s3Error("IdMismatch", "Document ID does not match the specified configuration ID.");
    const { Bucket: arn, Format: format } = input.InventoryConfiguration.Destination.S3BucketDestination;
    const target = /^arn:aws[\w-]*:s3:::(.+)$/.exec(arn);
    if (target === null) throw s3Error("InvalidS3DestinationBucket", "Invalid bucket ARN.");
    if (format === "ORC") throw notEmulated("S3 inventory lists in ORC (CSV and Parquet are)");
    if (format === "Parquet") {
      await findDuckdb("S3 inventory lists in Parquet");
      found = findBucket(input, context);
    }
    if (found.bucket.inventory?.[input.Id] === undefined)
      sharedStore(context).runs.delete(inventoryRun(input.Bucket, input.Id));
    change(found, { inventory: { ...found.bucket.inventory, [input.Id]: input.InventoryConfiguration } });
    scheduleInventory(context, input.Bucket, input.Id);
    return {};
  },
);
