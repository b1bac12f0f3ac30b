// Properties of AWS::S3::Bucket that are calls of their own: set, and unset when a template no longer has them.

import type { Properties } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import { analytics, metrics, tiering } from "../rules/template-reports.ts";
import {
  cannedAcl,
  corsRule,
  encryption,
  flag,
  inventory,
  lifecycleRule,
  list,
  lock,
  notification,
  present,
  replication,
  website,
  type Json,
} from "../rules/template-values.ts";

export type Call = (operation: string, input: Json) => Promise<unknown>;
type Setting = {
  readonly property: string;
  set(value: Json, call: Call, bucket: string): Promise<unknown>;
  unset(call: Call): Promise<unknown>;
};

/** In the order CloudFormation's own handler needs: what guards access before what it guards. */
const SETTINGS: readonly Setting[] = [
  {
    property: "PublicAccessBlockConfiguration",
    set: (value, call) =>
      call("PutPublicAccessBlock", {
        PublicAccessBlockConfiguration: Object.fromEntries(
          Object.entries(value).map(([name, on]) => [name, flag(on) ?? false]),
        ),
      }),
    unset: (call) => call("DeletePublicAccessBlock", {}),
  },
  {
    property: "OwnershipControls",
    set: (value, call) => call("PutBucketOwnershipControls", { OwnershipControls: { Rules: list(value["Rules"]) } }),
    unset: (call) =>
      call("PutBucketOwnershipControls", {
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      }),
  },
  {
    property: "AccessControl",
    set: (value, call) => setAcl(value as unknown as string, call),
    unset: (call) => setAcl("Private", call),
  },
  {
    property: "VersioningConfiguration",
    set: (value, call) => call("PutBucketVersioning", { VersioningConfiguration: { Status: value["Status"] } }),
    unset: (call) => call("PutBucketVersioning", { VersioningConfiguration: { Status: "Suspended" } }),
  },
  {
    property: "BucketEncryption",
    set: (value, call) => call("PutBucketEncryption", { ServerSideEncryptionConfiguration: encryption(value) }),
    unset: (call) => call("DeleteBucketEncryption", {}),
  },
  {
    property: "ReplicationConfiguration",
    set: (value, call) => call("PutBucketReplication", { ReplicationConfiguration: replication(value) }),
    unset: (call) => call("DeleteBucketReplication", {}),
  },
  {
    property: "ObjectLockConfiguration",
    set: (value, call) => call("PutObjectLockConfiguration", { ObjectLockConfiguration: lock(value) }),
    unset: (call) => call("PutObjectLockConfiguration", { ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" } }),
  },
  {
    property: "LifecycleConfiguration",
    set: (value, call) =>
      call(
        "PutBucketLifecycleConfiguration",
        present({
          LifecycleConfiguration: { Rules: list(value["Rules"]).map(lifecycleRule) },
          TransitionDefaultMinimumObjectSize: value["TransitionDefaultMinimumObjectSize"],
        }),
      ),
    unset: (call) => call("DeleteBucketLifecycle", {}),
  },
  {
    property: "CorsConfiguration",
    set: (value, call) =>
      call("PutBucketCors", { CORSConfiguration: { CORSRules: list(value["CorsRules"]).map(corsRule) } }),
    unset: (call) => call("DeleteBucketCors", {}),
  },
  {
    property: "WebsiteConfiguration",
    set: (value, call) => call("PutBucketWebsite", { WebsiteConfiguration: website(value) }),
    unset: (call) => call("DeleteBucketWebsite", {}),
  },
  {
    property: "NotificationConfiguration",
    set: (value, call) =>
      call("PutBucketNotificationConfiguration", { NotificationConfiguration: notification(value) }),
    unset: (call) => call("PutBucketNotificationConfiguration", { NotificationConfiguration: {} }),
  },
  {
    property: "LoggingConfiguration",
    set: (value, call, bucket) =>
      call("PutBucketLogging", {
        BucketLoggingStatus: {
          LoggingEnabled: present({
            TargetBucket: value["DestinationBucketName"] ?? bucket,
            TargetPrefix: value["LogFilePrefix"] ?? "",
            TargetObjectKeyFormat: value["TargetObjectKeyFormat"],
          }),
        },
      }),
    unset: (call) => call("PutBucketLogging", { BucketLoggingStatus: {} }),
  },
  {
    property: "AbacStatus",
    set: (value, call) => call("PutBucketAbac", { AbacStatus: { Status: value as unknown as string } }),
    unset: (call) => call("PutBucketAbac", { AbacStatus: { Status: "Disabled" } }),
  },
  configurations("Inventory", inventory),
  configurations("Analytics", analytics),
  configurations("Metrics", metrics),
  configurations("IntelligentTiering", tiering),
  {
    property: "AccelerateConfiguration",
    set: (value, call) =>
      call("PutBucketAccelerateConfiguration", { AccelerateConfiguration: { Status: value["AccelerationStatus"] } }),
    unset: (call) => call("PutBucketAccelerateConfiguration", { AccelerateConfiguration: { Status: "Suspended" } }),
  },
];

/** S3 lists a hundred at a time. */
export async function allConfigurations(kind: string, call: Call): Promise<readonly Json[]> {
  const all: Json[] = [];
  for (let ContinuationToken: unknown; ;) {
    const page = (await call(`ListBucket${kind}Configurations`, { ContinuationToken })) as Json;
    all.push(...list(page[`${kind}ConfigurationList`]));
    ContinuationToken = page["NextContinuationToken"];
    if (ContinuationToken === undefined) return all;
  }
}

/** A list of what has ids: each is a call, and what the template no longer names goes. */
function configurations(kind: string, asCalled: (value: Json) => Json): Setting {
  const put = async (wanted: readonly Json[], call: Call): Promise<void> => {
    const ids = new Set(wanted.map(({ Id }) => Id));
    for (const { Id } of await allConfigurations(kind, call))
      if (!ids.has(Id)) await call(`DeleteBucket${kind}Configuration`, { Id });
    for (const each of wanted)
      await call(`PutBucket${kind}Configuration`, { Id: each["Id"], [`${kind}Configuration`]: each });
  };
  return {
    property: `${kind}Configurations`,
    set: (value, call) => put(list(value).map(asCalled), call),
    unset: (call) => put([], call),
  };
}

/** Private is what a bucket is without access control lists anyway. */
function setAcl(value: string, call: Call): Promise<unknown> {
  const put = call("PutBucketAcl", { ACL: cannedAcl(value) });
  return value === "Private" ? unlessGone(put, "AccessControlListNotSupported") : put;
}

/** What goes, goes first and backwards: replication before the versions it needs. */
export async function applySettings(
  bucket: string,
  { properties, previous }: { readonly properties: Properties; readonly previous: Properties },
  call: Call,
): Promise<void> {
  for (const { property, unset } of SETTINGS.toReversed())
    if (properties[property] === undefined && previous[property] !== undefined) await unset(call);
  for (const { property, set } of SETTINGS) {
    const wanted = properties[property];
    if (wanted === undefined || JSON.stringify(wanted) === JSON.stringify(previous[property])) continue;
    await set(wanted as Json, call, bucket);
  }
}
