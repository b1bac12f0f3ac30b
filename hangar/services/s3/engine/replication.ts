// Puts an object's replication on the clock: a piece of work for each destination that the bucket's rules name.

import type { ReplicationRule } from "../../../models/s3.d.ts";
import { destinationOf, rulesFor, rulesForChange, rulesForMarker } from "../rules/replication.ts";
import type { Bucket, Context, Replication, StoredObject, Version } from "../store.ts";

/** One version on its way to one destination; the rule is the one that held when it was written. */
export type Shipment = {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly role: string;
  readonly rule: ReplicationRule;
  readonly time: number;
  /** The destination has had it: only its tags, grants and lock are to follow. */
  readonly change?: boolean | undefined;
};

const UNCHANGED = {} as const;

/** A new object's replication, begun; nothing where no rule means it. */
export function begun(context: Context, bucket: Bucket, object: StoredObject): Pick<StoredObject, "replication"> {
  if (bucket.replication === undefined) return UNCHANGED;
  const rules = rulesFor(bucket.replication, object);
  if (rules.length === 0) return UNCHANGED;
  for (const rule of rules) ship(context, bucket, object, { rule });
  return { replication: { targets: pending(rules) } };
}

/** A changed object's replication, begun again: to be written together with the change. */
export function begunAgain(context: Context, bucket: Bucket, object: StoredObject): Pick<StoredObject, "replication"> {
  const { replication } = object;
  if (bucket.replication === undefined || replication === undefined) return UNCHANGED;
  const rules = rulesForChange(bucket.replication, object);
  if (rules.length === 0) return UNCHANGED;
  const isThere = (rule: ReplicationRule): boolean =>
    replication.replica === true || replication.targets[destinationOf(rule)] === "COMPLETED";
  for (const rule of rules) ship(context, bucket, object, { rule, change: isThere(rule) });
  return { replication: { ...replication, targets: { ...replication.targets, ...pending(rules) } } };
}

export function replicateMarker(context: Context, bucket: Bucket, marker: Version): void {
  if (bucket.replication === undefined) return;
  for (const rule of rulesForMarker(bucket.replication, marker.key)) ship(context, bucket, marker, { rule });
}

function pending(rules: readonly ReplicationRule[]): Replication["targets"] {
  return Object.fromEntries(rules.map((rule) => [destinationOf(rule), "PENDING"]));
}

type Send = { readonly rule: ReplicationRule; readonly change?: boolean };

function ship(
  { scheduler, clock }: Context,
  { name, replication }: Bucket,
  { key, versionId }: Version,
  { rule, change }: Send,
): void {
  const role = replication?.Role ?? "";
  const shipment: Shipment = { bucket: name, key, versionId, role, rule, time: clock.now(), change };
  scheduler.later("s3.replicate", shipment);
}
