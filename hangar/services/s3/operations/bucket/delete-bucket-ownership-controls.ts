// Removes the rule of who owns objects.

import type { DeleteBucketOwnershipControlsInput } from "../../../../models/s3.d.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html */
export const deleteBucketOwnershipControls = operation<DeleteBucketOwnershipControlsInput, Record<string, never>>(
  (input, context) => {
    change(findBucket(input, context), { ownership: undefined });
    return {};
  },
);
