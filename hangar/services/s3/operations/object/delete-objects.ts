// Deletes up to 1000 objects in one request.

import type {
  DeleteObjectsInput,
  DeleteObjectsOutput,
  DeletedObject,
  Error as Failure,
  ObjectIdentifier,
} from "../../../../models/s3.d.ts";
import { AwsError } from "../../../../kernel/aws-error.ts";
import { checkBypass, deleteOne, type Deleted, type Doomed } from "../../engine/deletion.ts";
import { malformedXml, noSuchVersion, notImplemented, preconditionFailed } from "../../errors.ts";
import { mayDelete } from "../../access.ts";
import { findBucket, type Found } from "../../rules/find-bucket.ts";
import { checkKey, checkKeyLength } from "../../rules/keys.ts";
import { operation, type Context } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html: each object is allowed or refused by itself. */
export const deleteObjects = operation<DeleteObjectsInput, DeleteObjectsOutput>((input, context) => {
  const found = findBucket(input, context);
  checkBypass(found, input.BypassGovernanceRetention);
  const objects = input.Delete.Objects ?? [];
  if (objects.length === 0 || objects.length > 1000 || objects.some(({ Key }) => Key === "")) throw malformedXml();
  // One key that is too long is the whole request's fault.
  for (const { Key } of objects) checkKeyLength(Key);
  // What is named twice is deleted, and told of, once.
  const named = new Map(objects.map((object) => [`${object.VersionId ?? ""}/${object.Key}`, object]));
  const deleted: DeletedObject[] = [];
  const errors: Failure[] = [];
  for (const object of named.values()) {
    try {
      deleted.push(deleteListed(context, found, object, input.BypassGovernanceRetention === true));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const { Key, VersionId } = object;
      errors.push({ Key, ...(VersionId === undefined ? {} : { VersionId }), Code: error.code, Message: error.message });
    }
  }
  return {
    ...(input.Delete.Quiet === true ? {} : { Deleted: deleted }),
    ...(errors.length === 0 ? {} : { Errors: errors }),
  };
});

/** An id that S3 never gave out is no argument's fault here, as it is in DeleteObject. */
function deleteKnown(context: Context, found: Found, doomed: Doomed, bypass: boolean): Deleted {
  try {
    return deleteOne(context, found, doomed, bypass);
  } catch (error) {
    const { key, versionId } = doomed;
    if (versionId === undefined || !(error instanceof AwsError) || error.code !== "InvalidArgument") throw error;
    throw noSuchVersion(key, versionId);
  }
}

function deleteListed(context: Context, found: Found, object: ObjectIdentifier, bypass: boolean): DeletedObject {
  const { Key: key, VersionId: versionId, ETag: etag } = object;
  checkKey(key);
  if (etag !== undefined && versionId !== undefined) throw notImplemented("ETag");
  if (object.LastModifiedTime !== undefined) throw notImplemented("LastModifiedTime");
  if (object.Size !== undefined) throw notImplemented("Size");
  mayDelete(context, found, { key, versionId, etag }, bypass);
  // One tag, never a list of them.
  if (etag?.includes(",") === true) throw preconditionFailed("If-Match");
  const answer = deleteKnown(context, found, { key, versionId, etag }, bypass);
  if (versionId === undefined) {
    return answer.DeleteMarker === true
      ? { Key: key, DeleteMarker: true, DeleteMarkerVersionId: answer.VersionId }
      : { Key: key };
  }
  return {
    Key: key,
    VersionId: versionId,
    ...(answer.DeleteMarker === true ? { DeleteMarker: true, DeleteMarkerVersionId: versionId } : {}),
  };
}
