// Copies an object within or between buckets.

import type { CopyObjectInput, CopyObjectOutput } from "../../../../models/s3.d.ts";
import { announce } from "../../engine/announce.ts";
import { readBody, receiveCopy } from "../../engine/body.ts";
import { beginEncryption, encryptionMembers, secretOf } from "../../engine/secrets.ts";
import { directive, traitsOf } from "../../engine/traits.ts";
import { current, objectAt, shownVersion, write } from "../../engine/versions.ts";
import { invalidRequest, invalidVersionId } from "../../errors.ts";
import { checksumValue, isAlgorithm } from "../../rules/checksums.ts";
import { checkSource, checkWrite, checkWriteForm } from "../../rules/conditions.ts";
import { checkSourceSize, copySourceOf, type CopySource } from "../../rules/copy-source.ts";
import { expiration } from "../../rules/describe.ts";
import { findBucket, type Found } from "../../rules/find-bucket.ts";
import { checkReadable } from "../../rules/reads.ts";
import { operation, type Checksum, type Context, type StoredObject, type Traits } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export const copyObject = operation<CopyObjectInput, CopyObjectOutput>(async (input, context) => {
  const target = findBucket(input, context);
  checkWriteForm(input);
  const from = copySourceOf(input.CopySource);
  const source = findBucket({ Bucket: from.bucket, ExpectedBucketOwner: input.ExpectedSourceBucketOwner }, context);
  const object = sourceAt(source, from);
  checkSource(object, input, context.clock.now());
  checkReadable(object, context.clock.now());
  checkSourceSize(object.size);
  if (source.bucket.name === target.bucket.name && from.key === input.Key && from.versionId === undefined)
    checkSelfCopy(target, object, input);
  const traits = copiedTraits(context, target, object, input);
  const readKey = await secretOf(context, object.encryption, {
    SSECustomerAlgorithm: input.CopySourceSSECustomerAlgorithm,
    SSECustomerKey: input.CopySourceSSECustomerKey,
    SSECustomerKeyMD5: input.CopySourceSSECustomerKeyMD5,
  });
  const { encryption, secret } = await beginEncryption(context, { bucket: target.bucket, key: input.Key }, input);
  const algorithm = checksumFor(input.ChecksumAlgorithm, object.checksum);
  const bytes = readBody(context.blobs, object.segments, readKey, { start: 0, end: object.size });
  const copied = await receiveCopy(context, bytes, { secret, wanted: [algorithm], length: object.size });
  // While the bytes were copied, the bucket may have changed and others may have written.
  const now = findBucket(input, context);
  checkWrite(current(now, input.Key), input.Key, input);
  const checksum: Checksum = { algorithm, value: copied.checksums.get(algorithm) ?? "", type: "FULL_OBJECT" };
  const etag = encryption.kind === "AES256" ? copied.md5 : context.ids.hex(32);
  const version = write(context, now, input.Key, {
    ...traits,
    size: object.size,
    etag,
    segments: [copied.segment],
    checksum,
    encryption,
  });
  announce(context, now, version, { event: "ObjectCreated:Copy", reason: "CopyObject" });
  return {
    CopyObjectResult: {
      ETag: `"${etag}"`,
      LastModified: new Date(version.modified),
      ...checksumValue(checksum),
      ChecksumType: "FULL_OBJECT",
    },
    ...encryptionMembers(encryption),
    ...(object.versionId === "null" ? undefined : { CopySourceVersionId: object.versionId }),
    ...shownVersion(target, version),
    ...expiration(target.bucket, version),
  };
});

/** A delete marker cannot be copied by its version. */
export function sourceAt(source: Found, { key, versionId }: CopySource, isPart = false): StoredObject {
  try {
    return objectAt(source, { Key: key, VersionId: versionId });
  } catch (error) {
    if ((error as Error).name === "InvalidArgument")
      throw isPart ? invalidVersionId(versionId ?? "", "x-amz-copy-source") : invalidRequest("Invalid Request");
    if ((error as Error).name !== "MethodNotAllowed") throw error;
    throw invalidRequest("The source of a copy request may not specifically refer to a delete marker by version id.");
  }
}

function checkSelfCopy({ bucket }: Found, object: StoredObject, input: CopyObjectInput): void {
  const changes =
    input.MetadataDirective === "REPLACE" ||
    input.StorageClass !== undefined ||
    input.WebsiteRedirectLocation !== undefined ||
    input.ServerSideEncryption !== undefined ||
    input.SSECustomerAlgorithm !== undefined ||
    input.ChecksumAlgorithm !== undefined ||
    object.encryption.kind !== "AES256";
  if (changes || bucket.encryption !== undefined) return;
  const message =
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.";
  throw invalidRequest(message);
}

function copiedTraits(
  context: Context,
  target: Found,
  object: StoredObject,
  input: CopyObjectInput,
): Omit<Traits, "encryption"> {
  const given = traitsOf(context, target, input);
  const replaced = directive(input.MetadataDirective, "x-amz-metadata-directive") === "REPLACE";
  const tagsReplaced = directive(input.TaggingDirective, "x-amz-tagging-directive") === "REPLACE";
  const redirect = given.system.WebsiteRedirectLocation;
  // A redirect is never copied: it has to be said again.
  const { WebsiteRedirectLocation: _dropped, ...system } = object.system;
  return {
    ...given,
    system: replaced
      ? given.system
      : { ...system, ...(redirect === undefined ? {} : { WebsiteRedirectLocation: redirect }) },
    metadata: replaced ? given.metadata : object.metadata,
    tags: tagsReplaced ? given.tags : object.tags,
  };
}

function checksumFor(asked: string | undefined, present: Checksum | undefined): Checksum["algorithm"] {
  if (asked !== undefined && isAlgorithm(asked)) return asked;
  return present?.algorithm ?? "CRC64NVME";
}
