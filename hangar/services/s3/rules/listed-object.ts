// An object as listings show it.

import type { Object as ListedObject } from "../../../models/s3.d.ts";
import type { Bucket, StoredObject } from "../store.ts";
import { ownerOfObject } from "./grants.ts";
import { ownerOf } from "./owners.ts";

/** With an owner where one is asked for, which takes the bucket. */
export function listedObject(
  object: StoredObject,
  encode: (text: string) => string,
  {
    bucket,
    attributes = [],
  }: { readonly bucket: Bucket | undefined; readonly attributes?: readonly string[] | undefined },
): ListedObject {
  const { checksum, restore } = object;
  const isAsked = restore !== undefined && attributes.includes("RestoreStatus");
  return {
    Key: encode(object.key),
    LastModified: new Date(object.modified),
    ETag: `"${object.etag}"`,
    ...(checksum === undefined ? {} : { ChecksumAlgorithm: [checksum.algorithm], ChecksumType: checksum.type }),
    Size: object.size,
    StorageClass: object.storageClass,
    ...(isAsked ? { RestoreStatus: { IsRestoreInProgress: false, RestoreExpiryDate: new Date(restore.expires) } } : {}),
    ...(bucket === undefined ? {} : { Owner: ownerOf(ownerOfObject(bucket, object)) }),
  };
}
