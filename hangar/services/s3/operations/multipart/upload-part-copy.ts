// Uploads a part by copying bytes of an object.

import type { UploadPartCopyInput, UploadPartCopyOutput } from "../../../../models/s3.d.ts";
import { readBody, receiveCopy } from "../../engine/body.ts";
import { encryptionMembers, secretOf } from "../../engine/secrets.ts";
import { checkPartNumber, findUpload, putPart } from "../../engine/uploads.ts";
import { checksumValue } from "../../rules/checksums.ts";
import { checkSource } from "../../rules/conditions.ts";
import { checkSourceSize, copySourceOf } from "../../rules/copy-source.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { copyRange } from "../../rules/ranges.ts";
import { checkReadable } from "../../rules/reads.ts";
import { operation } from "../../store.ts";
import { sourceAt } from "../object/copy-object.ts";
import { partSecret } from "./upload-part.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export const uploadPartCopy = operation<UploadPartCopyInput, UploadPartCopyOutput>(async (input, context) => {
  checkPartNumber(input.PartNumber);
  const { found, upload } = findUpload(input, context);
  const from = copySourceOf(input.CopySource);
  const source = findBucket({ Bucket: from.bucket, ExpectedBucketOwner: input.ExpectedSourceBucketOwner }, context);
  const object = sourceAt(source, from, true);
  const now = context.clock.now();
  checkSource(object, input, now);
  checkReadable(object, now);
  const range = copyRange(input.CopySourceRange, object.size);
  checkSourceSize(range.end - range.start);
  const readKey = await secretOf(context, object.encryption, {
    SSECustomerAlgorithm: input.CopySourceSSECustomerAlgorithm,
    SSECustomerKey: input.CopySourceSSECustomerKey,
    SSECustomerKeyMD5: input.CopySourceSSECustomerKeyMD5,
  });
  const secret = await partSecret(context, upload, input);
  const algorithm = upload.checksumAlgorithm ?? "CRC64NVME";
  const body = readBody(context.blobs, object.segments, readKey, range);
  const length = range.end - range.start;
  const copied = await receiveCopy(context, body, { secret, wanted: [algorithm], length });
  const value = copied.checksums.get(algorithm) ?? "";
  const checksum =
    upload.checksumAlgorithm === undefined ? undefined : ({ algorithm, value, type: "FULL_OBJECT" } as const);
  findUpload(input, context);
  putPart(found, upload, {
    number: input.PartNumber,
    size: copied.segment.size,
    etag: copied.md5,
    segment: copied.segment,
    modified: now,
    checksum,
    crc64: value,
  });
  return {
    CopyPartResult: { ETag: `"${copied.md5}"`, LastModified: new Date(now), ...checksumValue(checksum) },
    ...(source.bucket.versioning === undefined ? {} : { CopySourceVersionId: object.versionId }),
    ...encryptionMembers(upload.traits.encryption),
  };
});
