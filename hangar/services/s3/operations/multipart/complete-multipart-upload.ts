// Makes an object of the parts of a multipart upload.

import type { CompleteMultipartUploadInput, CompleteMultipartUploadOutput } from "../../../../models/s3.d.ts";
import { checksumReady } from "../../../../protocols/checksums.ts";
import { announce } from "../../engine/announce.ts";
import { choose, completedChecksum } from "../../engine/completion.ts";
import { encryptionMembers } from "../../engine/secrets.ts";
import { findUpload, forget, partsOf } from "../../engine/uploads.ts";
import { current, shownVersion, write } from "../../engine/versions.ts";
import { conditionalRequestConflict, invalidRequest } from "../../errors.ts";
import { checksumMembers, multipartEtag } from "../../rules/checksums.ts";
import { checkWrite, checkWriteForm } from "../../rules/conditions.ts";
import { expiration } from "../../rules/describe.ts";
import { objectUrl } from "../../rules/addresses.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export const completeMultipartUpload = operation<CompleteMultipartUploadInput, CompleteMultipartUploadOutput>(
  async (input, context) => {
    checkWriteForm(input);
    await checksumReady(findUpload(input, context).upload.checksumAlgorithm ?? "CRC64NVME");
    const { found, upload } = findUpload(input, context);
    const parts = choose(upload, partsOf(found, upload), input);
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    if (input.MpuObjectSize !== undefined && Number(input.MpuObjectSize) !== size) {
      throw invalidRequest(
        `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${size}`,
      );
    }
    if (input.IfNoneMatch !== undefined && upload.keyDeleted === true)
      throw conditionalRequestConflict("If-None-Match", input.Key);
    checkWrite(current(found, input.Key), input.Key, input);
    const checksum = completedChecksum(upload, parts, input);
    const { encryption } = upload.traits;
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
      checksum,
    });
    forget(found, upload);
    announce(context, found, version, {
      event: "ObjectCreated:CompleteMultipartUpload",
      reason: "CompleteMultipartUpload",
    });
    return {
      Location: objectUrl(context.request.origin, input.Bucket, input.Key),
      Bucket: input.Bucket,
      Key: input.Key,
      ETag: `"${version.etag}"`,
      ...checksumMembers(checksum),
      ...encryptionMembers(encryption),
      ...(found.bucket.versioning === "Enabled" ? shownVersion(found, version) : undefined),
      ...expiration(found.bucket, version),
    };
  },
);
