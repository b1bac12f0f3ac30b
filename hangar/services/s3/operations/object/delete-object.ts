// Deletes an object: for good, under a delete marker, or one version of it.

import type { DeleteObjectInput, DeleteObjectOutput } from "../../../../models/s3.d.ts";
import { checkBypass, deleteOne } from "../../engine/deletion.ts";
import { notImplemented } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject = operation<DeleteObjectInput, DeleteObjectOutput>((input, context) => {
  const found = findBucket(input, context);
  if (input.IfMatchLastModifiedTime !== undefined) throw notImplemented("x-amz-if-match-last-modified-time");
  if (input.IfMatchSize !== undefined) throw notImplemented("x-amz-if-match-size");
  if (input.IfMatch !== undefined && input.VersionId !== undefined) throw notImplemented("If-Match");
  checkBypass(found, input.BypassGovernanceRetention);
  const bypass = input.BypassGovernanceRetention === true;
  return deleteOne(context, found, { key: input.Key, versionId: input.VersionId, etag: input.IfMatch }, bypass);
});
