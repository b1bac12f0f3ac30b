// What a replication role must be allowed, at the source and at the destination, and the reason S3 gives where it is not.

import type { Caller } from "../../../cloud/operation.ts";
import { allows, type Wanted } from "../access.ts";
import type { Found } from "../rules/find-bucket.ts";
import type { Context, Version } from "../store.ts";
import type { Shipment } from "./replication.ts";

type From = { readonly source: Found; readonly version: Version };
type Demand = readonly [wanted: Wanted, reason: string];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html */
export function refusalAtSource(context: Context, role: Caller, { source, version }: From): string | undefined {
  const { key, versionId } = version;
  const onObject = (action: string): Wanted => ({ action, key, versionId });
  const demands: Demand[] = [[{ action: "GetReplicationConfiguration" }, "InitiateReplicationNotPermitted"]];
  if (version.marker === true) demands.push([{ action: "ListBucket" }, "SrcHeadObjectNotPermitted"]);
  else {
    demands.push([onObject("GetObjectVersionForReplication"), "SrcGetObjectNotPermitted"]);
    demands.push([onObject("GetObjectVersionAcl"), "SrcGetAclNotPermitted"]);
    if (version.tags !== undefined) demands.push([onObject("GetObjectVersionTagging"), "SrcGetTaggingNotPermitted"]);
    if (version.lock !== undefined) {
      demands.push([onObject("GetObjectRetention"), "SrcGetObjectNotPermitted"]);
      demands.push([onObject("GetObjectLegalHold"), "SrcGetObjectNotPermitted"]);
    }
  }
  return firstRefused(context, role, source, demands);
}

export function refusal(
  context: Context,
  role: Caller,
  { version, target, shipment }: From & { readonly target: Found | undefined; readonly shipment: Shipment },
): string | undefined {
  if (target === undefined) return "DstBucketNotFound";
  const { key } = version;
  if (version.marker === true)
    return firstRefused(context, role, target, [[{ action: "ReplicateDelete", key }, "DstDelObjNotPermitted"]]);
  const { Destination: destination } = shipment.rule;
  const input = {
    ServerSideEncryption: version.encryption.kind === "customer" ? undefined : version.encryption.kind,
    SSEKMSKeyId: destination.EncryptionConfiguration?.ReplicaKmsKeyID,
  };
  const demands: Demand[] = [[{ action: "ReplicateObject", key, input }, "DstPutObjectNotPermitted"]];
  if (version.tags !== undefined) demands.push([{ action: "ReplicateTags", key }, "DstPutTaggingNotPermitted"]);
  if (destination.AccessControlTranslation !== undefined)
    demands.push([{ action: "ObjectOwnerOverrideToBucketOwner", key }, "DstPutAclNotPermitted"]);
  return firstRefused(context, role, target, demands);
}

function firstRefused(context: Context, role: Caller, found: Found, demands: readonly Demand[]): string | undefined {
  return demands.find(([wanted]) => !allows(context, role, found, wanted))?.[1];
}
