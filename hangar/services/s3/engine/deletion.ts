// One deletion, as DeleteObject and DeleteObjects share it.

import { invalidArgument, noSuchKey, preconditionFailed } from "../errors.ts";
import { matches } from "../rules/conditions.ts";
import type { Found } from "../rules/find-bucket.ts";
import { checkRemovable } from "../rules/locks.ts";
import type { Context, Version } from "../store.ts";
import { announce } from "./announce.ts";
import { replicateMarker } from "./replication.ts";
import { noteUploads } from "./uploads.ts";
import { current, hide, locate, remove } from "./versions.ts";

export type Doomed = {
  readonly key: string;
  readonly versionId?: string | undefined;
  readonly etag?: string | undefined;
};
export type Deleted = { readonly DeleteMarker?: boolean; readonly VersionId?: string };

export function deleteOne(context: Context, found: Found, doomed: Doomed, bypass: boolean): Deleted {
  checkMatch(found, doomed);
  if (doomed.versionId !== undefined)
    return deleteVersion(context, found, { ...doomed, versionId: doomed.versionId }, bypass);
  const previous = current(found, doomed.key);
  const marker = hide(context, found, doomed.key);
  const reason = "DeleteObject";
  noteUploads(found, doomed.key);
  if (marker !== undefined) {
    replicateMarker(context, found.bucket, marker);
    announce(context, found, marker, {
      event: "ObjectRemoved:DeleteMarkerCreated",
      reason,
      detail: { "deletion-type": "Delete Marker Created" },
    });
    return { DeleteMarker: true, VersionId: marker.versionId };
  }
  const gone = previous ?? {
    key: doomed.key,
    versionId: "null",
    order: "",
    sequence: context.clock.now() * 1000,
    modified: 0,
    marker: true as const,
  };
  announceRemoval(context, found, gone, reason);
  return {};
}

function deleteVersion(
  context: Context,
  found: Found,
  { key, versionId }: Doomed & { readonly versionId: string },
  bypass: boolean,
): Deleted {
  const version = locate(found, key, versionId);
  // What was deleted before is deleted.
  if (version === undefined) return { VersionId: versionId };
  if (version.marker !== true) checkRemovable(version, { bypass, now: context.clock.now() });
  remove(found, version);
  announceRemoval(context, found, version, "DeleteObject");
  return {
    ...(version.marker === true ? { DeleteMarker: true } : {}),
    ...(found.bucket.versioning === undefined ? {} : { VersionId: versionId }),
  };
}

/** The event names the key alone: what was there is gone. */
function announceRemoval(context: Context, found: Found, version: Version, reason: string): void {
  const { key, versionId, order, sequence, modified } = version;
  const bare: Version = { key, versionId, order, sequence: sequence + 1, modified, marker: true };
  announce(context, found, bare, {
    event: "ObjectRemoved:Delete",
    reason,
    detail: { "deletion-type": "Permanently Deleted" },
  });
}

function checkMatch(found: Found, { key, versionId, etag }: Doomed): void {
  if (etag === undefined) return;
  const version = locate(found, key, versionId);
  if (version === undefined || version.marker === true) throw noSuchKey(key);
  if (!matches(etag, version.etag)) throw preconditionFailed("If-Match");
}

/** Locks can be passed over only where there can be locks. */
export function checkBypass({ bucket }: Found, bypass: boolean | undefined): void {
  if (bypass === undefined || bucket.objectLock !== undefined) return;
  const message = "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.";
  throw invalidArgument(message, "x-amz-bypass-governance-retention");
}
