// Lists the parts of a multipart upload.

import type { ListPartsInput, ListPartsOutput } from "../../../../models/s3.d.ts";
import { findUpload } from "../../engine/uploads.ts";
import { checksumValue } from "../../rules/checksums.ts";
import { ownerOfObject } from "../../rules/grants.ts";
import { abortion } from "../../rules/lifecycle.ts";
import { maxOf, partMarker } from "../../rules/listings.ts";
import { initiatorOf, ownerOf } from "../../rules/owners.ts";
import { operation, partKey, type Part } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts = operation<ListPartsInput, ListPartsOutput>((input, context) => {
  const { found, upload } = findUpload(input, context);
  const max = maxOf(input.MaxParts, "max-parts");
  const marker = partMarker(input.PartNumberMarker, "part-number-marker");
  const parts: Part[] = [];
  let truncated = false;
  for (const part of found.store.parts.rows({ prefix: `${upload.id}\u0000`, after: partKey(upload.id, marker) })) {
    truncated = parts.length >= max;
    if (truncated) break;
    parts.push(part);
  }
  const owner = ownerOf(ownerOfObject(found.bucket, upload.traits));
  return {
    Bucket: found.bucket.name,
    Key: input.Key,
    UploadId: upload.id,
    ...abortion(found.bucket, upload),
    PartNumberMarker: String(marker),
    NextPartNumberMarker: String(parts.at(-1)?.number ?? 0),
    MaxParts: max,
    IsTruncated: truncated,
    Parts: parts.map((part) => ({
      PartNumber: part.number,
      LastModified: new Date(part.modified),
      ETag: `"${part.etag}"`,
      Size: part.size,
      ...checksumValue(part.checksum),
    })),
    Initiator: initiatorOf(upload),
    Owner: owner,
    StorageClass: upload.traits.storageClass,
    ...(upload.checksumAlgorithm === undefined
      ? {}
      : { ChecksumAlgorithm: upload.checksumAlgorithm, ChecksumType: upload.checksumType }),
  };
});
