// Batch replication: versions that were there before a rule, chosen and sent on.

import type { Caller } from "../../../cloud/operation.ts";
import type { StoredName, StoredVersion } from "../../../ports/storage.ts";
import { allows } from "../access.ts";
import { accessDenied, s3Error } from "../errors.ts";
import { lookUp, type Found } from "../rules/find-bucket.ts";
import { destinationOf, replicationStatus, rulesFor } from "../rules/replication.ts";
import type { Context, StoredObject } from "../store.ts";
import { send } from "../workers/replicate.ts";
import type { Shipment } from "./replication.ts";
import { versionWalk } from "./version-walk.ts";
import { amend, objectAt } from "./versions.ts";

function bucketOf(context: Context, name: string): Found {
  const found = lookUp(context, name);
  if (found === undefined) throw s3Error("NoSuchBucket", "The specified bucket does not exist", 404);
  return found;
}

export function* storedVersions(context: Context, name: string, as: Caller): Generator<StoredVersion> {
  const found = bucketOf(context, name);
  // As AWS asks, which lists by an inventory of its own.
  if (!allows(context, as, found, { action: "PutInventoryConfiguration" })) throw accessDenied();
  const { bucket } = found;
  for (const [, { version }] of versionWalk(found, "")({})) {
    if (version.marker === true) continue;
    yield {
      key: version.key,
      versionId: bucket.versioning === undefined ? undefined : version.versionId,
      size: version.size,
      storageClass: version.storageClass,
      modified: version.modified,
      replication: version.replication === undefined ? "NONE" : replicationStatus(version.replication),
      eligible: bucket.replication !== undefined && rulesFor(bucket.replication, version).length > 0,
    };
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-batch-replication-batch.html */
export async function replicateStored(
  context: Context,
  { bucket: name, key, versionId }: StoredName,
  as: Caller,
): Promise<void> {
  const found = bucketOf(context, name);
  const action = "InitiateReplication";
  if (!allows(context, as, found, { action, key, versionId })) throw accessDenied();
  const object = objectAt(found, { Key: key, VersionId: versionId });
  for (const shipment of begin(context, found, object)) {
    const reason = await send(shipment, context);
    if (reason !== undefined) throw s3Error(reason, `The object was not replicated: ${reason}`);
  }
}

function begin(context: Context, found: Found, object: StoredObject): readonly Shipment[] {
  const { name, replication } = found.bucket;
  const rules = replication === undefined ? [] : rulesFor(replication, object);
  if (replication === undefined || rules.length === 0)
    throw s3Error("InvalidRequest", "No replication rule of the bucket applies to the object");
  const pending = Object.fromEntries(rules.map((rule) => [destinationOf(rule), "PENDING" as const]));
  const { key, versionId } = object;
  const targets = { ...object.replication?.targets, ...pending };
  amend(found, object, { replication: { ...object.replication, targets } });
  const time = context.clock.now();
  return rules.map((rule) => ({ bucket: name, key, versionId, role: replication.Role, rule, time }));
}
