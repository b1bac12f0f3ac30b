// Replicas: the same version in another bucket, its bytes shared, its owner, class and key as the rule has them.

import type { ReplicationRule } from "../../../models/s3.d.ts";
import { enforcesOwner, ownerOfObject } from "../rules/grants.ts";
import type { Found } from "../rules/find-bucket.ts";
import { lockFor } from "../rules/locks.ts";
import type { Encryption, StoredObject } from "../store.ts";
import { amend, insert, locate } from "./versions.ts";

type Copied = {
  readonly object: StoredObject;
  readonly source: Found;
  readonly rule: ReplicationRule;
  readonly encryption: Encryption;
};

/** Writes a replica, or brings the one that is there up to date. */
export function writeReplica(target: Found, { object, source, rule, encryption }: Copied): StoredObject {
  const { bucket } = target;
  const shown = { tags: object.tags, ...ownership(target, { object, source, rule }) };
  const there = locate(target, object.key, object.versionId);
  if (there !== undefined && there.marker !== true) {
    const lock = object.lock === undefined ? {} : { lock: object.lock };
    return amend(target, there, { ...shown, ...lock });
  }
  const replica: StoredObject = {
    ...object,
    ...shown,
    encryption,
    storageClass: rule.Destination.StorageClass ?? object.storageClass,
    lock: object.lock ?? lockFor(bucket, {}, object.modified),
    restore: undefined,
    replication: { replica: true, targets: {} },
  };
  insert(target, replica);
  return replica;
}

/** The source's owner keeps it where the destination has ACLs, unless the rule hands it over. */
function ownership(
  { bucket }: Found,
  { object, source, rule }: Omit<Copied, "encryption">,
): Pick<StoredObject, "grants" | "writer"> {
  if (enforcesOwner(bucket) || rule.Destination.AccessControlTranslation !== undefined)
    return { grants: undefined, writer: undefined };
  const owner = ownerOfObject(source.bucket, object);
  return { grants: object.grants, writer: owner === bucket.account ? undefined : owner };
}
