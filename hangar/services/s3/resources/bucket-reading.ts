// What AWS::S3::Bucket tells of a bucket that is there: for drift, imports and Cloud Control.

import { unlessGone } from "../../../cloud/unless-gone.ts";
import {
  corsRuleRead,
  encryptionRead,
  inventoryRead,
  lifecycleRuleRead,
  loggingRead,
  notificationRead,
  replicationRead,
  reportRead,
  websiteRead,
} from "../rules/template-readings.ts";
import { list, present, type Json } from "../rules/template-values.ts";
import { allConfigurations, type Call } from "./bucket-settings.ts";

type Reading = {
  readonly property: string;
  /** The operation that tells of it. */
  readonly ask: string;
  /** S3's code for a bucket that has none. */
  readonly none?: string;
  read(answer: Json): unknown;
};

const READINGS: readonly Reading[] = [
  {
    property: "VersioningConfiguration",
    ask: "GetBucketVersioning",
    read: ({ Status }) => (Status === undefined ? undefined : { Status }),
  },
  { property: "Tags", ask: "GetBucketTagging", none: "NoSuchTagSet", read: (answer) => answer["TagSet"] },
  {
    property: "PublicAccessBlockConfiguration",
    ask: "GetPublicAccessBlock",
    none: "NoSuchPublicAccessBlockConfiguration",
    read: (answer) => answer["PublicAccessBlockConfiguration"],
  },
  {
    property: "OwnershipControls",
    ask: "GetBucketOwnershipControls",
    none: "OwnershipControlsNotFoundError",
    read: (answer) => answer["OwnershipControls"],
  },
  {
    property: "BucketEncryption",
    ask: "GetBucketEncryption",
    read: (answer) => encryptionRead(answer["ServerSideEncryptionConfiguration"] as Json),
  },
  {
    property: "ObjectLockConfiguration",
    ask: "GetObjectLockConfiguration",
    none: "ObjectLockConfigurationNotFoundError",
    read: (answer) => answer["ObjectLockConfiguration"],
  },
  {
    property: "LifecycleConfiguration",
    ask: "GetBucketLifecycleConfiguration",
    none: "NoSuchLifecycleConfiguration",
    read: ({ Rules, TransitionDefaultMinimumObjectSize }) =>
      present({ Rules: list(Rules).map(lifecycleRuleRead), TransitionDefaultMinimumObjectSize }),
  },
  {
    property: "CorsConfiguration",
    ask: "GetBucketCors",
    none: "NoSuchCORSConfiguration",
    read: ({ CORSRules }) => ({ CorsRules: list(CORSRules).map(corsRuleRead) }),
  },
  {
    property: "WebsiteConfiguration",
    ask: "GetBucketWebsite",
    none: "NoSuchWebsiteConfiguration",
    read: websiteRead,
  },
  { property: "NotificationConfiguration", ask: "GetBucketNotificationConfiguration", read: notificationRead },
  {
    property: "ReplicationConfiguration",
    ask: "GetBucketReplication",
    none: "ReplicationConfigurationNotFoundError",
    read: (answer) => replicationRead(answer["ReplicationConfiguration"] as Json),
  },
  {
    property: "LoggingConfiguration",
    ask: "GetBucketLogging",
    read: ({ LoggingEnabled: on }) => (on === undefined ? undefined : loggingRead(on as Json)),
  },
  {
    property: "AccelerateConfiguration",
    ask: "GetBucketAccelerateConfiguration",
    read: ({ Status }) => (Status === undefined ? undefined : { AccelerationStatus: Status }),
  },
  {
    property: "AbacStatus",
    ask: "GetBucketAbac",
    read: (answer) => (answer["AbacStatus"] as Json | undefined)?.["Status"],
  },
];

const LISTS: Readonly<Record<string, (value: Json) => Json>> = {
  Inventory: inventoryRead,
  Analytics: reportRead,
  Metrics: reportRead,
  IntelligentTiering: reportRead,
};

export async function readSettings(call: Call): Promise<Json> {
  const read = await Promise.all(
    READINGS.map(async ({ property, ask, none = "none", read }) => {
      const answer = (await unlessGone(call(ask, {}), none)) as Json | undefined;
      return [property, answer === undefined ? undefined : read(answer)] as const;
    }),
  );
  const listed = await Promise.all(
    Object.entries(LISTS).map(async ([kind, asRead]) => {
      const all = await allConfigurations(kind, call);
      return [`${kind}Configurations`, all.length === 0 ? undefined : all.map(asRead)] as const;
    }),
  );
  const settings = present(Object.fromEntries([...read, ...listed]));
  return settings["ObjectLockConfiguration"] === undefined ? settings : { ...settings, ObjectLockEnabled: true };
}
