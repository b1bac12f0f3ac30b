// Lifecycle: a run at each midnight (UTC) for buckets that have rules.

import type { LifecycleRule } from "../../../models/s3.d.ts";
import type { Found } from "../rules/find-bucket.ts";
import { dueAfter, expiry, meant } from "../rules/lifecycle.ts";
import { checkRemovable } from "../rules/locks.ts";
import type { Bucket, Context, StoredObject, Version } from "../store.ts";
import { announce } from "./announce.ts";
import { forget } from "./uploads.ts";
import { amend, hide, remove } from "./versions.ts";
import { versionWalk, type ListedVersion } from "./version-walk.ts";

const DAY = 86_400_000;

export function scheduleLifecycle(context: Context, bucket: Bucket): void {
  const midnight = Math.floor(context.clock.now() / DAY + 1) * DAY;
  context.scheduler.at(midnight, "s3.lifecycle", { bucket: bucket.name, at: midnight });
}

/** Everything that is due by now, in one pass over the bucket. */
export function runLifecycle(context: Context, found: Found): void {
  const rules = (found.bucket.lifecycle?.rules ?? []).filter((rule) => rule.Status === "Enabled");
  const now = context.clock.now();
  for (const versions of byKey(versionWalk(found, "")({}))) runForKey(context, found, { versions, rules, now });
  abortUploads(found, rules, now);
}

/** One key's versions at a time, newest first: the pass writes only to keys it has left behind. */
function* byKey(entries: Iterable<readonly [string, ListedVersion]>): Generator<readonly Version[]> {
  const all = [...entries];
  let group: Version[] = [];
  for (const [, { version, latest }] of all) {
    if (latest && group.length > 0) {
      yield group;
      group = [];
    }
    group.push(version);
  }
  if (group.length > 0) yield group;
}

type Due = { readonly versions: readonly Version[]; readonly rules: readonly LifecycleRule[]; readonly now: number };

function runForKey(context: Context, found: Found, { versions, rules, now }: Due): void {
  const [newest, ...older] = versions;
  if (newest === undefined) return;
  const gone = expireNoncurrent(context, found, { versions: [newest, ...older], rules, now });
  if (newest.marker === true) {
    if (older.length === gone && expiresMarker(rules, newest, now)) {
      remove(found, newest);
      announce(
        context,
        found,
        { ...newest, marker: true },
        {
          event: "LifecycleExpiration:Delete",
          reason: "Lifecycle Expiration",
          detail: { "deletion-type": "Permanently Deleted" },
        },
      );
    }
    return;
  }
  const due = expiry(rules, newest);
  if (due !== undefined && due.at <= now) expireCurrent(context, found, newest);
  else transition(context, found, newest, moves(newest, { rules }));
}

function expireCurrent(context: Context, found: Found, object: StoredObject): void {
  const { bucket } = found;
  if (bucket.versioning === undefined) {
    remove(found, object);
    announce(
      context,
      found,
      { ...object, sequence: object.sequence + 1 },
      {
        event: "LifecycleExpiration:Delete",
        reason: "Lifecycle Expiration",
        detail: { "deletion-type": "Permanently Deleted" },
      },
    );
    return;
  }
  const marker = hide(context, found, object.key);
  if (marker === undefined) return;
  announce(context, found, marker, {
    event: "LifecycleExpiration:DeleteMarkerCreated",
    reason: "Lifecycle Expiration",
    detail: { "deletion-type": "Delete Marker Created" },
  });
}

/** A marker with nothing under it goes when a rule says so, or when a rule's days have passed it by. */
function expiresMarker(rules: readonly LifecycleRule[], marker: Version, now: number): boolean {
  return rules.some((rule) => {
    const { ExpiredObjectDeleteMarker: asked, Days: days } = rule.Expiration ?? {};
    if (!meant(rule, { key: marker.key, size: 0 })) return false;
    return asked === true || (days !== undefined && dueAfter(marker.modified, days) <= now);
  });
}

/** A version is noncurrent since its successor was written. */
function expireNoncurrent(context: Context, found: Found, { versions, rules, now }: Due): number {
  let gone = 0;
  for (const [index, version] of versions.entries()) {
    const successor = versions[index - 1];
    if (successor === undefined) continue;
    const subject = version.marker === true ? { key: version.key, size: 0 } : version;
    const due = rules.some(({ NoncurrentVersionExpiration: noncurrent, ...rule }) => {
      if (noncurrent?.NoncurrentDays === undefined || !meant(rule, subject)) return false;
      return (
        index > (noncurrent.NewerNoncurrentVersions ?? 0) &&
        dueAfter(successor.modified, noncurrent.NoncurrentDays) <= now
      );
    });
    if (!due && version.marker !== true) {
      const place = { index, since: successor.modified };
      transition(context, found, version, noncurrentMoves(version, place, { rules }));
    }
    if (!due || isLocked(version, now)) continue;
    remove(found, version);
    gone += 1;
    announce(context, found, version, {
      event: "LifecycleExpiration:Delete",
      reason: "Lifecycle Expiration",
      detail: { "deletion-type": "Permanently Deleted" },
    });
  }
  return gone;
}

function isLocked(version: Version, now: number): boolean {
  if (version.marker === true) return false;
  try {
    checkRemovable(version, { bypass: false, now });
    return false;
  } catch {
    return true;
  }
}

type Move = { readonly at: number; readonly to: string | undefined };

function* moves(object: StoredObject, { rules }: Pick<Due, "rules">): Generator<Move> {
  for (const rule of rules) {
    if (!meant(rule, object)) continue;
    for (const { Days: days, Date: date, StorageClass: to } of rule.Transitions ?? [])
      yield { at: days === undefined ? (date?.getTime() ?? 0) : dueAfter(object.modified, days), to };
  }
}

/** `index` counts from the newest version; the version is noncurrent since `since`. */
function* noncurrentMoves(
  object: StoredObject,
  { index, since }: { readonly index: number; readonly since: number },
  { rules }: Pick<Due, "rules">,
): Generator<Move> {
  for (const rule of rules) {
    if (!meant(rule, object)) continue;
    for (const move of rule.NoncurrentVersionTransitions ?? [])
      if (index > (move.NewerNoncurrentVersions ?? 0))
        yield { at: dueAfter(since, move.NoncurrentDays ?? 0), to: move.StorageClass };
  }
}

/** To the class of the latest move that is due. */
function transition(context: Context, found: Found, object: StoredObject, planned: Iterable<Move>): void {
  if (object.size < 128 * 1024 && found.bucket.lifecycle?.minimumSize === "all_storage_classes_128K") return;
  const now = context.clock.now();
  let latest: Move | undefined;
  for (const move of planned) if (move.at <= now && (latest === undefined || move.at >= latest.at)) latest = move;
  if (latest?.to === undefined || latest.to === object.storageClass) return;
  const moved = amend(found, object, { storageClass: latest.to });
  announce(context, found, moved, {
    event: "LifecycleTransition",
    sequenced: false,
    detail: { "destination-storage-class": latest.to },
  });
}

function abortUploads(found: Found, rules: readonly LifecycleRule[], now: number): void {
  const uploads = [...found.store.uploads.rows({ prefix: `${found.bucket.name}\u0000` })];
  for (const upload of uploads) {
    const due = rules.some((rule) => {
      const days = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation;
      return days !== undefined && meant(rule, { key: upload.key, size: 0 }) && dueAfter(upload.initiated, days) <= now;
    });
    if (due) forget(found, upload);
  }
}
