// Makes an object of the parts of a multipart upload.

import type { CompleteMultipartUploadInput, CompleteMultipartUploadOutput } from "../../../../models/s3.d.ts";
import { checksumReady } from "../../../../protocols/checksums.ts";
import { announce } from "../../engine/announce.ts";
import { choose, completedChecksum } from "../../engine/completion.ts";
import { checkCompletionKey, encryptionMembers } from "../../engine/secrets.ts";
import { findUpload, forget, partsOf } from "../../engine/uploads.ts";
import { current, shownVersion, versionsOf, write } from "../../engine/versions.ts";
import { conditionalRequestConflict, invalidRequest } from "../../errors.ts";
import { checksumMembers, multipartEtag } from "../../rules/checksums.ts";
import { checkWrite, checkWriteForm } from "../../rules/conditions.ts";
import { expiration } from "../../rules/describe.ts";
import { objectUrl } from "../../rules/addresses.ts";
import { findBucket, type Found } from "../../rules/find-bucket.ts";
import { objectKey, operation, versionKey, type StoredObject, type Upload } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export const completeMultipartUpload = operation<CompleteMultipartUploadInput, CompleteMultipartUploadOutput>(
  async (input, context) => {
    checkWriteForm(input);
    const target = findBucket(input, context);
    const done = completedBefore(target, input);
    if (done !== undefined) return answer(target, done, context.request.origin);
    await checksumReady(findUpload(input, context).upload.checksumAlgorithm ?? "CRC64NVME");
    const { found, upload } = findUpload(input, context);
    const parts = choose(upload, partsOf(found, upload), input);
    checkCompletionKey(upload.traits.encryption, input);
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    if (Number(input.MpuObjectSize ?? 0) < 0)
      throw invalidRequest(`Value for x-amz-mp-object-size header is less than zero: '${input.MpuObjectSize}'`);
    if (input.MpuObjectSize !== undefined && Number(input.MpuObjectSize) !== size) {
      throw invalidRequest(
        `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${size}`,
      );
    }
    checkWrite(current(found, input.Key), input.Key, input);
    checkUndisturbed(upload, input);
    const checksum = completedChecksum(upload, parts, input);
    const version = write(context, found, input.Key, {
      ...upload.traits,
      size,
      etag: multipartEtag(parts),
      segments: parts.map((part) => part.segment),
      parts: parts.map((part, index) => ({
        number: index + 1,
        size: part.size,
        etag: part.etag,
        checksum: part.checksum,
      })),
      upload: upload.id,
      checksum,
    });
    forget(found, upload);
    announce(context, found, version, {
      event: "ObjectCreated:CompleteMultipartUpload",
      reason: "CompleteMultipartUpload",
    });
    return answer(found, version, context.request.origin);
  },
);

function answer(found: Found, version: StoredObject, origin: string): CompleteMultipartUploadOutput {
  const { bucket } = found;
  return {
    Location: objectUrl(origin, bucket.name, version.key),
    Bucket: bucket.name,
    Key: version.key,
    ETag: `"${version.etag}"`,
    ...(isToldLater(version) ? undefined : checksumMembers(version.checksum)),
    ...encryptionMembers(version.encryption),
    ...(bucket.versioning === "Enabled" ? shownVersion(found, version) : undefined),
    ...expiration(bucket, version),
  };
}

/** A checksum that nobody chose is told by later reads only where KMS encrypts. */
function isToldLater({ checksum, encryption, parts }: StoredObject): boolean {
  if (!encryption.kind.startsWith("aws:kms")) return false;
  return parts?.some((part) => part.checksum?.algorithm === checksum?.algorithm) !== true;
}

/** Asking again, as clients do when an answer is lost, gets the same answer while the object is there. */
function completedBefore(
  found: Found,
  { Key: key, UploadId: id, MultipartUpload: named }: CompleteMultipartUploadInput,
): StoredObject | undefined {
  const { bucket, store } = found;
  if (store.uploads.has(versionKey(bucket.name, key, id))) return undefined;
  const object = store.objects.get(objectKey(bucket.name, key));
  for (const version of [...(object === undefined ? [] : [object]), ...versionsOf(found, key)]) {
    if (version.marker === true || version.upload !== id) continue;
    const wanted = (named?.Parts ?? []).map((part) => part.ETag?.replaceAll('"', ""));
    return wanted.join() === version.parts?.map((part) => part.etag).join() ? version : undefined;
  }
  return undefined;
}

function checkUndisturbed({ keyWritten }: Upload, { Key, IfMatch, IfNoneMatch }: CompleteMultipartUploadInput): void {
  if (keyWritten !== true || (IfMatch === undefined && IfNoneMatch === undefined)) return;
  throw conditionalRequestConflict(IfMatch === undefined ? "If-None-Match" : "If-Match", Key);
}
