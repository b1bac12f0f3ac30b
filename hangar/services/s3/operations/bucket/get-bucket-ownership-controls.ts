// Tells who owns objects that others write.

import type { GetBucketOwnershipControlsInput, GetBucketOwnershipControlsOutput } from "../../../../models/s3.d.ts";
import { noConfiguration } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html */
export const getBucketOwnershipControls = operation<GetBucketOwnershipControlsInput, GetBucketOwnershipControlsOutput>(
  (input, context) => {
    const { bucket } = findBucket(input, context);
    if (bucket.ownership === undefined) {
      throw noConfiguration(
        "OwnershipControlsNotFoundError",
        "The bucket ownership controls were not found",
        bucket.name,
      );
    }
    return { OwnershipControls: { Rules: [{ ObjectOwnership: bucket.ownership }] } };
  },
);
