// Versions of objects: written, found, hidden by delete markers and removed, whatever the bucket's versioning.

import { invalidVersionId, methodNotAllowed, noSuchKey, noSuchVersion, s3Error, withHeaders } from "../errors.ts";
import type { Found } from "../rules/find-bucket.ts";
import { CHANCE, isVersionId, newestFirst, versionIdOf } from "../rules/version-order.ts";
import { objectKey, versionKey, type Context, type StoredObject, type Version } from "../store.ts";
import { byteKey } from "../../../kernel/table.ts";
import { begun } from "./replication.ts";
import { noteUploads } from "./uploads.ts";

/** What a version gets when it is written. */
export type Draft = Omit<StoredObject, "key" | "versionId" | "order" | "sequence" | "modified" | "marker">;

type Stamp = {
  readonly versionId: string;
  readonly order: string;
  readonly sequence: number;
  readonly modified: number;
};

/** A key's versions that are not current objects, newest first. */
export function versionsOf({ bucket, store }: Found, key: string): Iterable<Version> {
  return store.versions.rows({ prefix: `${bucket.name}\u0000${byteKey(key)}\u0000` });
}

function newestNoncurrent(found: Found, key: string): Version | undefined {
  for (const version of versionsOf(found, key)) if (version.key === key) return version;
  return undefined;
}

function stamp(context: Context, { bucket }: Found, newest: Version | undefined): Stamp {
  const modified = context.clock.now();
  const sequence = Math.max(modified * 1000, (newest?.sequence ?? 0) + 1);
  const order = newestFirst(sequence);
  if (bucket.versioning !== "Enabled") return { versionId: "null", order, sequence, modified };
  const id = versionIdOf(order, context.ids.alphanumeric(CHANCE));
  return { versionId: id, order: id, sequence, modified };
}

/** The current version: an object, a delete marker, or nothing. */
export function current(found: Found, key: string): Version | undefined {
  const object = found.store.objects.get(objectKey(found.bucket.name, key));
  if (object !== undefined || found.bucket.versioning === undefined) return object;
  return newestNoncurrent(found, key);
}

/** Writes a new current version. No waiting in here: checks made just before still hold. */
export function write(context: Context, found: Found, key: string, draft: Draft): StoredObject {
  const { bucket, store } = found;
  const place = objectKey(bucket.name, key);
  const previous = store.objects.get(place);
  const newest = previous ?? (bucket.versioning === undefined ? undefined : newestNoncurrent(found, key));
  const drafted: StoredObject = { key, ...stamp(context, found, newest), ...draft };
  const version = bucket.replication === undefined ? drafted : { ...drafted, ...begun(context, bucket, drafted) };
  setAside(found, previous);
  if (bucket.versioning === "Suspended") dropNull(found, key);
  noteUploads(found, key);
  store.objects.put(place, version);
  return version;
}

/** Takes in a version of another bucket, in its place among the versions of its key. */
export function insert(found: Found, version: Version): void {
  const { bucket, store } = found;
  const place = objectKey(bucket.name, version.key);
  const newest = current(found, version.key);
  const isNewest = newest === undefined || version.order < newest.order;
  if (isNewest) setAside(found, store.objects.get(place));
  if (isNewest && version.marker !== true) {
    store.objects.put(place, version);
    return;
  }
  if (isNewest) store.objects.delete(place);
  store.versions.put(versionKey(bucket.name, version.key, version.order), version);
}

/** What was current becomes noncurrent, or is overwritten where no versions are kept. */
function setAside({ bucket, store }: Found, previous: StoredObject | undefined): void {
  if (previous === undefined || bucket.versioning === undefined) return;
  if (bucket.versioning === "Suspended" && previous.versionId === "null") return;
  store.versions.put(versionKey(bucket.name, previous.key, previous.order), previous);
}

function dropNull(found: Found, key: string): void {
  const versions = [...versionsOf(found, key)];
  for (const version of versions) {
    if (version.versionId === "null" && version.key === key)
      found.store.versions.delete(versionKey(found.bucket.name, key, version.order));
  }
}

/** Deletes without a version id: for good, or under a delete marker. */
export function hide(context: Context, found: Found, key: string): Version | undefined {
  const { bucket, store } = found;
  const place = objectKey(bucket.name, key);
  const previous = store.objects.get(place);
  if (bucket.versioning === undefined) {
    store.objects.delete(place);
    return undefined;
  }
  const marker: Version = { key, ...stamp(context, found, previous ?? newestNoncurrent(found, key)), marker: true };
  setAside(found, previous);
  store.objects.delete(place);
  if (bucket.versioning === "Suspended") dropNull(found, key);
  store.versions.put(versionKey(bucket.name, key, marker.order), marker);
  return marker;
}

/** Removes one version; the next newest becomes current. */
export function remove(found: Found, version: Version): void {
  const { bucket, store } = found;
  const { key } = version;
  const place = objectKey(bucket.name, key);
  if (store.objects.get(place)?.order === version.order) store.objects.delete(place);
  else store.versions.delete(versionKey(bucket.name, key, version.order));
  if (store.objects.has(place)) return;
  const next = newestNoncurrent(found, key);
  if (next === undefined || next.marker === true) return;
  store.versions.delete(versionKey(bucket.name, key, next.order));
  store.objects.put(place, next);
}

/** A version by id, or the current one. */
export function locate(found: Found, key: string, versionId: string | undefined): Version | undefined {
  if (versionId === undefined) return current(found, key);
  const object = found.store.objects.get(objectKey(found.bucket.name, key));
  if (object?.versionId === versionId) return object;
  if (versionId !== "null") {
    const version = found.store.versions.get(versionKey(found.bucket.name, key, versionId));
    if (version === undefined && !isVersionId(versionId)) throw invalidVersionId(versionId);
    return version;
  }
  for (const version of versionsOf(found, key)) if (version.versionId === "null" && version.key === key) return version;
  return undefined;
}

/** The object a request means; delete markers answer as S3 has them answer. `method` is the request's. */
export function objectAt(
  found: Found,
  { Key: key, VersionId: versionId }: { readonly Key: string; readonly VersionId?: string | undefined },
  method = "GET",
): StoredObject {
  const version = locate(found, key, versionId);
  if (version === undefined) throw versionId === undefined ? noSuchKey(key) : noSuchVersion(key, versionId);
  if (version.marker !== true) return version;
  if (versionId !== undefined) throw methodNotAllowed(method, version.versionId);
  throw withHeaders(noSuchKey(key), { "x-amz-delete-marker": "true", "x-amz-version-id": version.versionId });
}

/** The object whose tags or grants are meant: a delete marker has none, be it named or the newest. */
export function amendableAt(
  found: Found,
  input: { readonly Key: string; readonly VersionId?: string | undefined },
  method: string,
): StoredObject {
  const version = locate(found, input.Key, input.VersionId);
  if (version?.marker === true) throw methodNotAllowed(method, input.VersionId);
  return objectAt(found, input, method);
}

/** Changes a version in place: its tags, grants or lock. */
export function amend<Row extends Version>(found: Found, version: Row, members: Partial<Row>): Row {
  const { bucket, store } = found;
  const changed = { ...version, ...members };
  const place = objectKey(bucket.name, version.key);
  if (store.objects.get(place)?.order === version.order) store.objects.put(place, changed as unknown as StoredObject);
  else store.versions.put(versionKey(bucket.name, version.key, version.order), changed);
  return changed;
}

/** Versions show ids only where versioning was ever turned on. */
export function shownVersion({ bucket }: Found, version: Version): { readonly VersionId?: string } {
  return bucket.versioning === undefined ? {} : { VersionId: version.versionId };
}

export function checkStorageClass(storageClass: string | undefined): string {
  const known = [
    "STANDARD",
    "REDUCED_REDUNDANCY",
    "STANDARD_IA",
    "ONEZONE_IA",
    "INTELLIGENT_TIERING",
    "GLACIER",
    "DEEP_ARCHIVE",
    "GLACIER_IR",
  ];
  if (storageClass === undefined) return "STANDARD";
  if (known.includes(storageClass)) return storageClass;
  throw s3Error("InvalidStorageClass", "The storage class you specified is not valid", 400, {
    StorageClassRequested: storageClass,
  });
}
