// Removes a bucket's replication rules.

import type { DeleteBucketReplicationInput } from "../../../../models/s3.d.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketReplication.html */
export const deleteBucketReplication = operation<DeleteBucketReplicationInput, Record<string, never>>(
  (input, context) => {
    change(findBucket(input, context), { replication: undefined });
    return {};
  },
);
