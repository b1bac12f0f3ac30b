// Resets a bucket's default encryption to SSE-S3.

import type { DeleteBucketEncryptionInput } from "../../../../models/s3.d.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html */
export const deleteBucketEncryption = operation<DeleteBucketEncryptionInput, Record<string, never>>(
  (input, context) => {
    change(findBucket(input, context), { encryption: undefined, blockedEncryption: undefined });
    return {};
  },
);
