// Sets how a bucket encrypts what asks for nothing else.

import type { PutBucketEncryptionInput } from "../../../../models/s3.d.ts";
import { notEmulated } from "../../../../kernel/aws-error.ts";
import { invalidArgument, malformedXml } from "../../errors.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html */
export const putBucketEncryption = operation<PutBucketEncryptionInput, Record<string, never>>((input, context) => {
  const found = findBucket(input, context);
  const rules = input.ServerSideEncryptionConfiguration.Rules ?? [];
  const [rule] = rules;
  if (rule === undefined || rules.length !== 1) throw malformedXml();
  if (rule.BlockedEncryptionTypes !== undefined) throw notEmulated("blocked encryption types (BlockedEncryptionTypes)");
  const chosen = rule.ApplyServerSideEncryptionByDefault;
  if (chosen === undefined || !["AES256", "aws:kms", "aws:kms:dsse"].includes(chosen.SSEAlgorithm))
    throw malformedXml();
  if (chosen.SSEAlgorithm === "AES256" && chosen.KMSMasterKeyID !== undefined) {
    const message = "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse";
    throw invalidArgument(message, "ApplyServerSideEncryptionByDefault");
  }
  change(found, { encryption: { ...rule, BucketKeyEnabled: rule.BucketKeyEnabled ?? false } });
  return {};
});
