// An object as listings show it.

import type { Object as ListedObject } from "../../../models/s3.d.ts";
import type { StoredObject } from "../store.ts";
import { ownerOf } from "./owners.ts";

/** With an owner where one is asked for: the writer's account, else the bucket's. */
export function listedObject(
  object: StoredObject,
  encode: (text: string) => string,
  account: string | undefined,
): ListedObject {
  const { checksum } = object;
  return {
    Key: encode(object.key),
    LastModified: new Date(object.modified),
    ETag: `"${object.etag}"`,
    ...(checksum === undefined ? {} : { ChecksumAlgorithm: [checksum.algorithm], ChecksumType: checksum.type }),
    Size: object.size,
    StorageClass: object.storageClass,
    ...(account === undefined ? {} : { Owner: ownerOf(object.writer ?? account) }),
  };
}
