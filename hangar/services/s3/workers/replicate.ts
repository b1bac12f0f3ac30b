// Takes one version to one destination, with the rights of the replication role, and notes how it went.

import type { Caller } from "../../../cloud/operation.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { announce } from "../engine/announce.ts";
import type { Shipment } from "../engine/replication.ts";
import { writeReplica } from "../engine/replicas.ts";
import { refusal, refusalAtSource } from "../engine/replication-rights.ts";
import { rewrap } from "../engine/rewrap.ts";
import { blocksCustomerKeys } from "../engine/secrets.ts";
import { amend, insert, locate } from "../engine/versions.ts";
import { lookUp, type Found } from "../rules/find-bucket.ts";
import { destinationOf } from "../rules/replication.ts";
import type { Context, StoredObject, Version } from "../store.ts";

/** S3 tries again for a while; here the first refusal stands. A version that is gone by now is nobody's loss. */
export async function replicate(shipment: Shipment, context: Context): Promise<void> {
  await send(shipment, context);
}

/** Answers why it did not get there. */
export async function send(shipment: Shipment, context: Context): Promise<string | undefined> {
  const source = lookUp(context, shipment.bucket);
  const version = source === undefined ? undefined : locate(source, shipment.key, shipment.versionId);
  if (source === undefined || version === undefined) return undefined;
  const reason = await deliver(context, shipment, { source, version });
  const { attributes } = context.span;
  attributes["destination"] = shipment.rule.Destination.Bucket;
  attributes["replication"] = reason ?? "COMPLETED";
  note(context, shipment, reason);
  return reason;
}

type From = { readonly source: Found; readonly version: Version };

/** Why it failed, in S3's words: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-failure-codes.html */
async function deliver(context: Context, shipment: Shipment, from: From): Promise<string | undefined> {
  const role = roleOf(context, shipment);
  if (role === undefined) return "AssumeRoleNotPermitted";
  const target = lookUp(context, destinationOf(shipment.rule));
  const refused =
    refusalAtSource(context, role, from) ??
    obstacle(from, target) ??
    refusal(context, role, { ...from, target, shipment });
  if (refused !== undefined || target === undefined) return refused;
  if (from.version.marker === true) {
    receiveMarker(context, target, from.version, role);
    return undefined;
  }
  return receiveObject(context, shipment, { source: from.source, version: from.version, target, role });
}

function roleOf(context: Context, { role, bucket }: Shipment): Caller | undefined {
  try {
    return context.ports.access.roleCaller(role, "s3.amazonaws.com", "s3-replication", `arn:aws:s3:::${bucket}`);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

function obstacle({ source, version }: From, target: Found | undefined): string | undefined {
  if (target === undefined) return "DstBucketNotFound";
  if (target.bucket.versioning !== "Enabled") return "DstBucketUnversioned";
  const underCustomerKey = version.marker !== true && version.encryption.kind === "customer";
  if (underCustomerKey && blocksCustomerKeys(target.bucket)) return "DstPutObjectNotPermitted";
  const isLocked = source.bucket.objectLock !== undefined && target.bucket.objectLock === undefined;
  return isLocked ? "DstBucketObjectLockConfigMissing" : undefined;
}

function receiveMarker(context: Context, target: Found, marker: Version, by: Caller): void {
  if (locate(target, marker.key, marker.versionId) !== undefined) return;
  insert(target, marker);
  announce(context, target, marker, {
    event: "ObjectRemoved:DeleteMarkerCreated",
    reason: "DeleteObject",
    detail: { "deletion-type": "Delete Marker Created" },
    by,
  });
}

type Route = { readonly source: Found; readonly version: StoredObject; readonly target: Found; readonly role: Caller };

async function receiveObject(
  context: Context,
  { rule, change }: Shipment,
  { source, version, target, role }: Route,
): Promise<string | undefined> {
  const { key, versionId } = version;
  if (change === true) {
    if (locate(target, key, versionId) === undefined) return "DstObjectHardDeleted";
    writeReplica(target, { object: version, source, rule, encryption: version.encryption });
    return undefined;
  }
  const encryption = await rewrap(context, { object: version, target, rule, role });
  if (typeof encryption === "string") return encryption;
  // While KMS answered, either bucket may have changed.
  const object = locate(source, key, versionId);
  const now = lookUp(context, target.bucket.name);
  if (object === undefined || object.marker === true || now === undefined) return "SrcVersionNotFound";
  const isNew = locate(now, key, versionId) === undefined;
  const replica = writeReplica(now, { object, source, rule, encryption });
  if (isNew) announce(context, now, replica, { event: "ObjectCreated:Put", reason: "PutObject", by: role });
  return undefined;
}

/** Delete markers have no status to show. */
function note(context: Context, { bucket, key, versionId, rule, time }: Shipment, reason: string | undefined): void {
  const found = lookUp(context, bucket);
  const version = found === undefined ? undefined : locate(found, key, versionId);
  if (found === undefined || version === undefined) return;
  if (version.marker !== true && version.replication !== undefined) {
    const { replication } = version;
    const outcome = reason === undefined ? "COMPLETED" : "FAILED";
    const targets = { ...replication.targets, [destinationOf(rule)]: outcome } as const;
    amend(found, version, { replication: { ...replication, targets } });
  }
  if (reason === undefined || rule.Destination.Metrics?.Status !== "Enabled") return;
  announce(context, found, version, {
    event: "Replication:OperationFailedReplication",
    replication: {
      replicationRuleId: rule.ID,
      destinationBucket: rule.Destination.Bucket,
      s3Operation: version.marker === true ? "OBJECT_DELETE" : "OBJECT_PUT",
      requestTime: new Date(time).toISOString(),
      failureReason: reason,
    },
  });
}
