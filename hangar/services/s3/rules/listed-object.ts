// An object as listings show it.

import type { Object as ListedObject, RestoreStatus } from "../../../models/s3.d.ts";
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
    ...(isAsked ? { RestoreStatus: statusOf(restore) } : {}),
    ...(bucket === undefined ? {} : { Owner: ownerOf(ownerOfObject(bucket, object)) }),
  };
}

function statusOf({ ready, expires }: NonNullable<StoredObject["restore"]>): RestoreStatus {
  return ready === undefined
    ? { IsRestoreInProgress: false, RestoreExpiryDate: new Date(expires) }
    : { IsRestoreInProgress: true };
}
