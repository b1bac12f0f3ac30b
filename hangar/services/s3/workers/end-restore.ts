// Takes the readable copy of an archived object away again when its days are over.

import { announce } from "../engine/announce.ts";
import { amend, locate } from "../engine/versions.ts";
import { lookUp } from "../rules/find-bucket.ts";
import type { Context } from "../store.ts";

export type Restoring = { readonly bucket: string; readonly key: string; readonly versionId: string };

/** A restore that was asked for again lasts longer: its own work ends it. */
export function endRestore({ bucket, key, versionId }: Restoring, context: Context): void {
  const found = lookUp(context, bucket);
  const version = found === undefined ? undefined : locate(found, key, versionId);
  if (found === undefined || version === undefined || version.marker === true) return;
  if (version.restore === undefined || version.restore.expires > context.clock.now()) return;
  const archived = amend(found, version, { restore: undefined });
  const detail = { "source-storage-class": version.storageClass };
  announce(context, found, archived, { event: "ObjectRestore:Delete", detail });
}
