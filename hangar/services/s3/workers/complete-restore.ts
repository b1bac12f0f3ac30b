// The archive's copy of an object is there: it can be read until its days are over.

import { announce } from "../engine/announce.ts";
import { amend, locate } from "../engine/versions.ts";
import { lookUp } from "../rules/find-bucket.ts";
import type { Context } from "../store.ts";
import type { Restoring } from "./end-restore.ts";

/** A restore that was hastened is done already when its first time comes. */
export function completeRestore({ bucket, key, versionId }: Restoring, context: Context): void {
  const found = lookUp(context, bucket);
  const version = found === undefined ? undefined : locate(found, key, versionId);
  if (found === undefined || version === undefined || version.marker === true) return;
  const { restore, storageClass } = version;
  if (restore?.ready === undefined || restore.ready > context.clock.now()) return;
  const { tier, expires } = restore;
  const restored = amend(found, version, { restore: { tier, expires } });
  announce(context, found, restored, {
    event: "ObjectRestore:Completed",
    detail: { "source-storage-class": storageClass, "restore-expiry-time": new Date(expires).toISOString() },
    restored: { expires, storageClass },
  });
}
