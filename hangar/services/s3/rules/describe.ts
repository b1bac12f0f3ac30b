// What GetObject and HeadObject say of an object.

import { encryptionMembers } from "../engine/secrets.ts";
import { shownVersion } from "../engine/versions.ts";
import type { Bucket, Checksum, StoredObject } from "../store.ts";
import type { HeadObjectOutput, HeadObjectRequest } from "../../../models/s3.d.ts";
import { checksumMembers } from "./checksums.ts";
import { expirationHeader } from "./lifecycle.ts";
import type { Found } from "./find-bucket.ts";
import { lockMembers } from "./locks.ts";
import { replicationStatus } from "./replication.ts";

type Overrides = Pick<
  HeadObjectRequest,
  | "ResponseCacheControl"
  | "ResponseContentDisposition"
  | "ResponseContentEncoding"
  | "ResponseContentLanguage"
  | "ResponseContentType"
  | "ResponseExpires"
  | "VersionId"
>;

/** Members that both answers have. */
export function describe(
  found: Found,
  object: StoredObject,
  input: Overrides & { readonly ChecksumMode?: string | undefined },
  checksum: Checksum | undefined,
): HeadObjectOutput {
  const { system } = object;
  return {
    AcceptRanges: "bytes",
    LastModified: new Date(object.modified),
    ETag: `"${object.etag}"`,
    ...(input.ChecksumMode?.toUpperCase() === "ENABLED" ? checksumMembers(checksum) : undefined),
    ...shownVersion(found, object),
    ContentType: input.ResponseContentType ?? system.ContentType ?? "binary/octet-stream",
    CacheControl: input.ResponseCacheControl ?? system.CacheControl,
    ContentDisposition: input.ResponseContentDisposition ?? system.ContentDisposition,
    ContentEncoding: input.ResponseContentEncoding ?? system.ContentEncoding,
    ContentLanguage: input.ResponseContentLanguage ?? system.ContentLanguage,
    Expires: input.ResponseExpires ?? system.Expires,
    WebsiteRedirectLocation: system.WebsiteRedirectLocation,
    Metadata: object.metadata,
    ...encryptionMembers(object.encryption),
    ...(object.storageClass === "STANDARD" ? undefined : { StorageClass: object.storageClass }),
    ...lockMembers(object.lock),
    ...(object.replication === undefined ? undefined : { ReplicationStatus: replicationStatus(object.replication) }),
    ...(object.restore === undefined ? undefined : { Restore: restoreHeader(object.restore) }),
    ...(input.VersionId === undefined ? expiration(found.bucket, object) : undefined),
  };
}

function restoreHeader({ ready, expires }: NonNullable<StoredObject["restore"]>): string {
  if (ready !== undefined) return 'ongoing-request="true"';
  return `ongoing-request="false", expiry-date="${new Date(expires).toUTCString()}"`;
}

export function expiration(bucket: Bucket, object: StoredObject): { readonly Expiration?: string } {
  const header = bucket.lifecycle === undefined ? undefined : expirationHeader(bucket.lifecycle.rules, object);
  return header === undefined ? {} : { Expiration: header };
}
