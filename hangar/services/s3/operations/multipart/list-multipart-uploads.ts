// Lists multipart uploads under way.

import type { ListMultipartUploadsInput, ListMultipartUploadsOutput } from "../../../../models/s3.d.ts";
import { byteKey } from "../../../../kernel/table.ts";
import { invalidArgument } from "../../errors.ts";
import { findBucket, type Found } from "../../rules/find-bucket.ts";
import { ownerOfObject } from "../../rules/grants.ts";
import { encoderFor, listPage, maxOf, type Walk } from "../../rules/listings.ts";
import { initiatorOf, ownerOf } from "../../rules/owners.ts";
import { objectKey, operation, versionKey, type Upload } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html: an upload marker counts with a key marker only. */
export const listMultipartUploads = operation<ListMultipartUploadsInput, ListMultipartUploadsOutput>(
  (input, context) => {
    const found = findBucket(input, context);
    const { bucket } = found;
    const encode = encoderFor(input.EncodingType);
    const max = maxOf(input.MaxUploads, "max-uploads");
    const {
      Prefix: prefix = "",
      Delimiter: delimiter,
      KeyMarker: keyMarker = "",
      UploadIdMarker: idMarker = "",
    } = input;
    const afterId = keyMarker === "" || idMarker === "" ? undefined : idMarker;
    if (afterId !== undefined && found.store.uploads.get(versionKey(bucket.name, keyMarker, afterId)) === undefined) {
      throw invalidArgument("Invalid uploadId marker", "upload-id-marker", afterId);
    }
    const page = listPage(uploadWalk(found, prefix), {
      bucket: bucket.name,
      prefix,
      delimiter,
      after: keyMarker,
      afterId,
      max,
    });
    // A page that ends with a common prefix has no markers at all.
    const last = page.entries.findLast((upload) => upload.key === page.last);
    return {
      Bucket: bucket.name,
      KeyMarker: encode(keyMarker),
      UploadIdMarker: afterId ?? "",
      NextKeyMarker: last === undefined ? "" : encode(last.key),
      NextUploadIdMarker: last?.id ?? "",
      ...(prefix === "" ? {} : { Prefix: encode(prefix) }),
      ...(delimiter === undefined || delimiter === "" ? {} : { Delimiter: encode(delimiter) }),
      MaxUploads: max,
      IsTruncated: page.truncated,
      ...(input.EncodingType === undefined || input.EncodingType === "" ? {} : { EncodingType: input.EncodingType }),
      Uploads: page.entries.map((upload) => ({
        Key: encode(upload.key),
        UploadId: upload.id,
        Initiator: initiatorOf(upload),
        Owner: ownerOf(ownerOfObject(bucket, upload.traits)),
        StorageClass: upload.traits.storageClass,
        Initiated: new Date(upload.initiated),
        ...(upload.checksumAlgorithm === undefined
          ? {}
          : { ChecksumAlgorithm: upload.checksumAlgorithm, ChecksumType: upload.checksumType }),
      })),
      CommonPrefixes: page.prefixes.map((each) => ({ Prefix: encode(each) })),
    };
  },
);

function uploadWalk({ bucket, store }: Found, prefix: string): Walk<Upload> {
  const within = `${bucket.name}\u0000${byteKey(prefix)}`;
  return function* walk({ from, after, afterId }) {
    const start =
      after === undefined ? from : afterId === undefined ? `${after}\u0001` : `${after}\u0000${afterId}\u0000`;
    for (const row of store.uploads.rows({ prefix: within, ...(start === undefined ? {} : { from: start }) })) {
      yield [objectKey(bucket.name, row.key), row];
    }
  };
}
