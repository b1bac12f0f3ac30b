// Sets how a bucket encrypts what asks for nothing else.

import type {
  BlockedEncryptionTypes,
  PutBucketEncryptionInput,
  ServerSideEncryptionByDefault,
} from "../../../../models/s3.d.ts";
import { invalidArgument, malformedXml } from "../../errors.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

const SSE_S3: ServerSideEncryptionByDefault = { SSEAlgorithm: "AES256" };

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html */
export const putBucketEncryption = operation<PutBucketEncryptionInput, Record<string, never>>((input, context) => {
  const found = findBucket(input, context);
  const rules = input.ServerSideEncryptionConfiguration.Rules ?? [];
  const [rule] = rules;
  if (rule === undefined || rules.length !== 1) throw malformedXml();
  const { BlockedEncryptionTypes: blocked, ...defaults } = rule;
  const chosen = rule.ApplyServerSideEncryptionByDefault ?? (blocked === undefined ? undefined : SSE_S3);
  if (chosen === undefined || !["AES256", "aws:kms", "aws:kms:dsse"].includes(chosen.SSEAlgorithm))
    throw malformedXml();
  if (chosen.SSEAlgorithm === "AES256" && chosen.KMSMasterKeyID !== undefined) {
    const message = "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse";
    throw invalidArgument(message, "ApplyServerSideEncryptionByDefault");
  }
  // A rule that only blocks leaves the bucket as one that was never told how to encrypt.
  const onlyBlocks = rule.ApplyServerSideEncryptionByDefault === undefined && rule.BucketKeyEnabled === undefined;
  const BucketKeyEnabled = rule.BucketKeyEnabled ?? false;
  const encryption = onlyBlocks
    ? undefined
    : { ...defaults, ApplyServerSideEncryptionByDefault: chosen, BucketKeyEnabled };
  change(found, { encryption, ...(blocked === undefined ? {} : { blockedEncryption: typesOf(blocked) }) });
  return {};
});

function typesOf({ EncryptionType: types = [] }: BlockedEncryptionTypes): readonly string[] {
  const [type] = types;
  if (types.length !== 1 || (type !== "SSE-C" && type !== "NONE")) throw malformedXml();
  return types;
}
