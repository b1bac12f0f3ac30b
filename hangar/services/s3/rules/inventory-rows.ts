// Rows of an inventory list: which fields it has, in AWS's order, and what stands in them.

import type { InventoryConfiguration } from "../../../models/s3.d.ts";
import { malformedXml } from "../errors.ts";
import type { Bucket, StoredObject, Version } from "../store.ts";
import { encodedKey } from "./access-log-line.ts";
import { expiry } from "./lifecycle.ts";
import { canonicalId } from "./owners.ts";
import { grantsOfObject, ownerOfObject } from "./grants.ts";
import { replicationStatus } from "./replication.ts";

type Listed = { readonly bucket: Bucket; readonly version: Version; readonly latest: boolean };
type Field = (object: StoredObject, bucket: Bucket) => string;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory.html#storage-inventory-contents */
const OPTIONAL: Readonly<Record<string, Field>> = {
  Size: ({ size }) => String(size),
  LastModifiedDate: ({ modified }) => new Date(modified).toISOString(),
  ETag: ({ etag }) => etag,
  StorageClass: ({ storageClass }) => storageClass,
  IsMultipartUploaded: ({ etag }) => String(/-\d+$/.test(etag)),
  ReplicationStatus: ({ replication }) => (replication === undefined ? "" : replicationStatus(replication)),
  EncryptionStatus: ({ encryption }) => ENCRYPTIONS[encryption.kind],
  ObjectLockRetainUntilDate: ({ lock }) => (lock?.until === undefined ? "" : new Date(lock.until).toISOString()),
  ObjectLockMode: ({ lock }) => lock?.mode ?? "",
  ObjectLockLegalHoldStatus: ({ lock }) => (lock?.legalHold === "ON" ? "On" : "Off"),
  IntelligentTieringAccessTier: ({ storageClass }) => (storageClass === "INTELLIGENT_TIERING" ? "FREQUENT" : ""),
  BucketKeyStatus: ({ encryption }) => ("bucketKey" in encryption && encryption.bucketKey ? "ENABLED" : "DISABLED"),
  ChecksumAlgorithm: ({ checksum }) => checksum?.algorithm ?? "",
  ObjectAccessControlList: (object, bucket) => accessControlList(object, bucket),
  ObjectOwner: (object, bucket) => canonicalId(ownerOfObject(bucket, object)),
  LifecycleExpirationDate: (object, { lifecycle }) => {
    const due = expiry(
      (lifecycle?.rules ?? []).filter((rule) => rule.Status === "Enabled"),
      object,
    );
    return due === undefined ? "" : new Date(due.at).toISOString();
  },
};

/** Throws for what AWS's schema does not have. */
export function checkInventory(inventory: InventoryConfiguration): void {
  const { Destination: to, Schedule: schedule, IncludedObjectVersions: versions, OptionalFields: fields } = inventory;
  const isKnown =
    ["CSV", "ORC", "Parquet"].includes(to.S3BucketDestination.Format) &&
    ["Daily", "Weekly"].includes(schedule.Frequency) &&
    ["All", "Current"].includes(versions) &&
    (fields ?? []).every((field) => Object.hasOwn(OPTIONAL, field));
  if (!isKnown) throw malformedXml();
}

/** What a delete marker has of them. */
const OF_MARKERS = new Set(["LastModifiedDate"]);

const ENCRYPTIONS = {
  AES256: "SSE-S3",
  "aws:kms": "SSE-KMS",
  "aws:kms:dsse": "DSSE-KMS",
  customer: "SSE-C",
} as const;

export type Inventory = {
  /** Of columns, in AWS's order and AWS's words. */
  readonly names: readonly string[];
  /** Of each column; nothing is an empty text. */
  readonly values: (listed: Listed) => readonly string[];
};

export function inventoryFields({
  OptionalFields: chosen = [],
  IncludedObjectVersions: which,
}: InventoryConfiguration): Inventory {
  const all = which === "All";
  const optional = Object.keys(OPTIONAL).filter((name) => chosen.includes(name));
  const versioned = all ? ["VersionId", "IsLatest", "IsDeleteMarker"] : [];
  const values = ({ bucket, version, latest }: Listed): readonly string[] => {
    const id = version.versionId === "null" ? "" : version.versionId;
    const ids = all ? [id, String(latest), String(version.marker === true)] : [];
    return [bucket.name, version.key, ...ids, ...optional.map((name) => fieldOf(name, version, bucket))];
  };
  return { names: ["Bucket", "Key", ...versioned, ...optional], values };
}

/** Keys are encoded here: they may hold anything. */
export function csvRow([bucket = "", key = "", ...rest]: readonly string[]): string {
  return `${[bucket, encodedKey(key), ...rest].map((value) => `"${value}"`).join(",")}\n`;
}

function fieldOf(name: string, version: Version, bucket: Bucket): string {
  if (version.marker !== true) return OPTIONAL[name]?.(version, bucket) ?? "";
  return OF_MARKERS.has(name) ? new Date(version.modified).toISOString() : "";
}

/** Base64 of a JSON document. */
function accessControlList(object: StoredObject, bucket: Bucket): string {
  const list = grantsOfObject(bucket, object).map(({ Grantee: grantee, Permission: permission }) => ({
    ...(grantee?.URI === undefined ? { canonicalId: grantee?.ID } : { uri: grantee.URI }),
    type: grantee?.URI === undefined ? "CanonicalUser" : "Group",
    permission,
  }));
  return Buffer.from(JSON.stringify({ version: "2022-11-10", status: "AVAILABLE", grants: list })).toString("base64");
}
