// All versions of a bucket's objects in S3's order: by key, and newest first within a key.

import { byteKey } from "../../../kernel/table.ts";
import type { Walk } from "../rules/listings.ts";
import { objectKey, type Bucket, type Store, type Version } from "../store.ts";

/** `version` is a row; `latest` says whether it is its key's current one. */
export type ListedVersion = { readonly key: string; readonly version: Version; readonly latest: boolean };

export type VersionTables = Pick<Store, "objects" | "versions">;
type Versions = { readonly bucket: Pick<Bucket, "name">; readonly store: VersionTables };
type Entry = readonly [place: string, version: Version];

/** Current objects and noncurrent versions stand in two tables: this merges them. */
export function versionWalk({ bucket, store }: Versions, prefix: string): Walk<ListedVersion> {
  const within = `${bucket.name}\u0000${byteKey(prefix)}`;
  return function* walk({ from, after, afterId }) {
    const start = from ?? after ?? "";
    // Versions sort after `place NUL`; what follows all of a key sorts after `place \u0001`, which no id begins with.
    const versionsFrom = after === undefined || afterId !== undefined ? start : `${start}\u0001`;
    const objects = store.objects.range({ prefix: within, from: start });
    const others = placed(store.versions.rows({ prefix: within, from: versionsFrom }), bucket.name);
    let lastPlace: string | undefined;
    for (const [place, version] of merge(objects, others)) {
      const latest = place !== lastPlace;
      lastPlace = place;
      if (place === after && (afterId === undefined || !isAfter(version, afterId))) continue;
      yield [place, { key: version.key, version, latest }];
    }
  };
}

function isAfter(version: Version, marker: string): boolean {
  return version.order > marker;
}

function* placed(rows: Iterable<Version>, bucket: string): Generator<Entry> {
  for (const row of rows) yield [objectKey(bucket, row.key), row];
}

function* merge(objects: Iterator<Entry>, others: Iterator<Entry>): Generator<Entry> {
  let object = objects.next();
  let other = others.next();
  while (object.done !== true || other.done !== true) {
    const takesObject = other.done === true || (object.done !== true && object.value[0] <= other.value[0]);
    if (takesObject && object.done !== true) {
      yield object.value;
      object = objects.next();
    } else if (other.done !== true) {
      yield other.value;
      other = others.next();
    }
  }
}
