// An object as listings show it.

import type { Object as ListedObject } from "../../../models/s3.d.ts";
import type { StoredObject } from "../store.ts";
import { ownerOf } from "./owners.ts";

/** With an owner where one is asked for: the writer's account, else the bucket's. */
export function listedObject(
  object: StoredObject,
  encode: (text: string) => string,
  {
    account,
    attributes = [],
  }: { readonly account: string | undefined; readonly attributes?: readonly string[] | undefined },
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
    ...(account === undefined ? {} : { Owner: ownerOf(object.writer ?? account) }),
  };
}
