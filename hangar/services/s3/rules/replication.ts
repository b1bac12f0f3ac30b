// Replication rules: which of them send an object or a delete marker where, and what an object's status says of it.

import type { ReplicationConfiguration, ReplicationRule } from "../../../models/s3.d.ts";
import type { Replication, StoredObject } from "../store.ts";

const ARCHIVES = new Set(["GLACIER", "DEEP_ARCHIVE"]);

export function destinationOf(rule: ReplicationRule): string {
  return rule.Destination.Bucket.slice("arn:aws:s3:::".length);
}

/** Rules that send a new object on: one for each destination, that of the highest priority. */
export function rulesFor(configuration: ReplicationConfiguration, object: StoredObject): readonly ReplicationRule[] {
  if (ARCHIVES.has(object.storageClass)) return [];
  const isKms = object.encryption.kind === "aws:kms" || object.encryption.kind === "aws:kms:dsse";
  return highest(
    configuration.Rules.filter((rule) => {
      if (isKms && rule.SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status !== "Enabled") return false;
      return selects(rule, object.key, object.tags ?? []);
    }),
  );
}

/** The older schema, without filters, sends delete markers on; the newer only where it says so. */
export function rulesForMarker(configuration: ReplicationConfiguration, key: string): readonly ReplicationRule[] {
  return highest(
    configuration.Rules.filter((rule) => {
      if (rule.Filter !== undefined && rule.DeleteMarkerReplication?.Status !== "Enabled") return false;
      return selects(rule, key, []);
    }),
  );
}

/** Rules that a change of tags, grants or locks follows: those that took the object, or that send replicas' changes back. */
export function rulesForChange(
  configuration: ReplicationConfiguration,
  object: StoredObject,
): readonly ReplicationRule[] {
  const { replication } = object;
  if (replication === undefined) return [];
  return rulesFor(configuration, object).filter((rule) =>
    replication.replica === true
      ? rule.SourceSelectionCriteria?.ReplicaModifications?.Status === "Enabled"
      : replication.targets[destinationOf(rule)] !== undefined,
  );
}

function selects(rule: ReplicationRule, key: string, tags: NonNullable<StoredObject["tags"]>): boolean {
  if (rule.Status !== "Enabled") return false;
  const { Filter: filter } = rule;
  if (!key.startsWith(rule.Prefix ?? filter?.Prefix ?? filter?.And?.Prefix ?? "")) return false;
  return tagsOf(rule).every((tag) => tags.some((each) => each.Key === tag.Key && each.Value === tag.Value));
}

export function tagsOf({ Filter: filter }: ReplicationRule): NonNullable<StoredObject["tags"]> {
  return [...(filter?.Tag === undefined ? [] : [filter.Tag]), ...(filter?.And?.Tags ?? [])];
}

function highest(rules: readonly ReplicationRule[]): readonly ReplicationRule[] {
  const chosen = new Map<string, ReplicationRule>();
  for (const rule of rules) {
    const rival = chosen.get(destinationOf(rule));
    if (rival === undefined || (rule.Priority ?? 0) > (rival.Priority ?? 0)) chosen.set(destinationOf(rule), rule);
  }
  return [...chosen.values()];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-status.html */
export function replicationStatus({ replica, targets }: Replication): string {
  const outcomes = Object.values(targets);
  if (outcomes.includes("FAILED")) return "FAILED";
  if (outcomes.includes("PENDING")) return "PENDING";
  return replica === true ? "REPLICA" : "COMPLETED";
}
