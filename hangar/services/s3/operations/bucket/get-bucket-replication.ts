// Tells a bucket's replication rules.

import type { GetBucketReplicationInput, GetBucketReplicationOutput } from "../../../../models/s3.d.ts";
import { noConfiguration } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html */
export const getBucketReplication = operation<GetBucketReplicationInput, GetBucketReplicationOutput>(
  (input, context) => {
    const { bucket } = findBucket(input, context);
    if (bucket.replication === undefined) {
      throw noConfiguration(
        "ReplicationConfigurationNotFoundError",
        "The replication configuration was not found",
        bucket.name,
      );
    }
    return { ReplicationConfiguration: bucket.replication };
  },
);
