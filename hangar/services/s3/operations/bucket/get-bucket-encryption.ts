// Tells how a bucket encrypts what asks for nothing else.

import type { GetBucketEncryptionInput, GetBucketEncryptionOutput } from "../../../../models/s3.d.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html */
export const getBucketEncryption = operation<GetBucketEncryptionInput, GetBucketEncryptionOutput>((input, context) => {
  const { bucket } = findBucket(input, context);
  const byDefault = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false };
  const BlockedEncryptionTypes = { EncryptionType: bucket.blockedEncryption ?? ["SSE-C"] };
  const rule = { ...(bucket.encryption ?? byDefault), BlockedEncryptionTypes };
  return { ServerSideEncryptionConfiguration: { Rules: [rule] } };
});
