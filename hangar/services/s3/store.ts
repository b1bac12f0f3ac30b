// Tables and row types of S3, and the look-ups every operation begins with.

import { byteKey, compositeKey } from "../../kernel/table.ts";
import {
  operationsOn,
  table,
  type Context as ContextOf,
  type Operation as OperationOf,
  type Store as StoreOf,
} from "../../cloud/operation.ts";
import type { ChecksumAlgorithm } from "../../protocols/checksums.ts";
import type {
  AnalyticsConfiguration,
  CORSRules,
  Grant,
  IntelligentTieringConfiguration,
  InventoryConfiguration,
  LifecycleRules,
  LoggingEnabled,
  MetricsConfiguration,
  NotificationConfiguration,
  PublicAccessBlockConfiguration,
  ReplicationConfiguration,
  ServerSideEncryptionRule,
  Tag,
  WebsiteConfiguration,
  ObjectLockConfiguration,
} from "../../models/s3.d.ts";
import type { AccessPoint, PublicAccessBlock } from "../../ports/storage.ts";

export type Place = { readonly account: string; readonly region: string };

export type Bucket = Place & {
  readonly name: string;
  /** The old name that its region was given by, shown ever since. */
  readonly location?: "EU" | undefined;
  readonly created: number;
  readonly ownership?: string | undefined;
  readonly grants: readonly Grant[];
  readonly versioning?: "Enabled" | "Suspended" | undefined;
  /** Never enabled: nobody here has MFA devices. */
  readonly mfaDelete?: "Disabled" | undefined;
  readonly policy?: string | undefined;
  readonly publicAccessBlock?: PublicAccessBlockConfiguration | undefined;
  readonly encryption?: ServerSideEncryptionRule | undefined;
  /** Encryption types that no new object may have: SSE-C, unless the bucket allows it (`NONE`). */
  readonly blockedEncryption?: readonly string[] | undefined;
  readonly tags?: readonly Tag[] | undefined;
  readonly cors?: CORSRules | undefined;
  readonly lifecycle?: { readonly rules: LifecycleRules; readonly minimumSize: string } | undefined;
  readonly notification?: NotificationConfiguration | undefined;
  readonly website?: WebsiteConfiguration | undefined;
  readonly logging?: LoggingEnabled | undefined;
  readonly payer?: string | undefined;
  readonly accelerate?: string | undefined;
  readonly abac?: string | undefined;
  readonly replication?: ReplicationConfiguration | undefined;
  readonly objectLock?: ObjectLockConfiguration | undefined;
  readonly metrics?: Readonly<Record<string, MetricsConfiguration>> | undefined;
  readonly analytics?: Readonly<Record<string, AnalyticsConfiguration>> | undefined;
  readonly inventory?: Readonly<Record<string, InventoryConfiguration>> | undefined;
  readonly tiering?: Readonly<Record<string, IntelligentTieringConfiguration>> | undefined;
};

/** Bytes of an object or of one of its parts, encrypted under the object's key. */
export type Segment = { readonly blob: string; readonly size: number };

/** How an object's bytes are encrypted at rest. Customer keys are never kept: `proof` only recognises them. */
export type Encryption =
  | { readonly kind: "AES256" }
  | {
      readonly kind: "aws:kms" | "aws:kms:dsse";
      readonly keyArn: string;
      readonly dataKey: Uint8Array;
      /** What KMS was told, which it must be told again. */
      readonly context: Readonly<Record<string, string>>;
      readonly bucketKey: boolean;
    }
  | { readonly kind: "customer"; readonly keyMd5: string; readonly proof: string };

export type Checksum = {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string;
  readonly type: "COMPOSITE" | "FULL_OBJECT";
};
export type { ChecksumAlgorithm };

export type PartFact = {
  readonly number: number;
  readonly size: number;
  readonly etag: string;
  readonly checksum?: Checksum | undefined;
};

export type SystemMetadata = {
  readonly ContentType?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly Expires?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
};

export type Lock = {
  readonly mode?: string | undefined;
  readonly until?: number | undefined;
  readonly legalHold?: string | undefined;
};

/** What is fixed when an object is begun, for plain puts and multipart uploads alike. */
export type Traits = {
  readonly system: SystemMetadata;
  readonly metadata: Readonly<Record<string, string>>;
  readonly storageClass: string;
  readonly encryption: Encryption;
  readonly tags?: readonly Tag[] | undefined;
  readonly grants?: readonly Grant[] | undefined;
  /** Account that wrote it, where that is not the bucket's. */
  readonly writer?: string | undefined;
  readonly lock?: Lock | undefined;
};

/** How an object fares on its way to other buckets, by their names. */
export type Replication = {
  /** It came from another bucket itself. */
  readonly replica?: boolean | undefined;
  readonly targets: Readonly<Record<string, "PENDING" | "COMPLETED" | "FAILED">>;
};

/** A version of an object, or a delete marker. */
export type Version = {
  readonly key: string;
  /** `null` for objects written without versioning. */
  readonly versionId: string;
  /** Sorts the versions of a key, newest first; equals `versionId` unless that is `null`. */
  readonly order: string;
  readonly sequence: number;
  readonly modified: number;
} & (
  | { readonly marker: true }
  | ({
      readonly marker?: undefined;
      readonly size: number;
      /** Without quotes. */
      readonly etag: string;
      readonly segments: readonly Segment[];
      readonly parts?: readonly PartFact[] | undefined;
      /** Id of the upload that made it. */
      readonly upload?: string | undefined;
      readonly checksum?: Checksum | undefined;
      /** `ready` while the archive has yet to bring it. */
      readonly restore?:
        | { readonly expires: number; readonly tier: string; readonly ready?: number | undefined }
        | undefined;
      readonly replication?: Replication | undefined;
    } & Traits)
);
export type StoredObject = Exclude<Version, { readonly marker: true }>;

export type Upload = {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly initiated: number;
  readonly initiator: string;
  /** Who in that account, if not its root user. */
  readonly initiatorArn?: string | undefined;
  readonly traits: Traits;
  readonly checksumAlgorithm?: ChecksumAlgorithm | undefined;
  readonly checksumType?: "COMPOSITE" | "FULL_OBJECT" | undefined;
  /** The object of this key was written or removed since: a conditional completion is a conflict. */
  readonly keyWritten?: boolean | undefined;
};

export type Part = {
  readonly number: number;
  readonly size: number;
  readonly etag: string;
  readonly segment: Segment;
  readonly modified: number;
  readonly checksum?: Checksum | undefined;
  /** Kept beside any other, so that a completed object without a chosen checksum can have AWS's default. */
  readonly crc64: string;
};

export type Access = { readonly time: number; readonly line: string };

/** Where an access point is kept. */
export type AccessPointPlace = Place & { readonly name: string };

export const tables = {
  /** Name -> place, in the one store that all accounts share. */
  names: table<Place>(),
  /** When each bucket's lifecycle rules last ran, in the shared store. */
  runs: table<number>(),
  /** The key of SSE-S3, in the shared store. */
  secrets: table<Uint8Array>(),
  /** Buckets of all accounts that keep an access log, in the shared store. */
  logged: table<true>(),
  /** Lines of access logs that wait for delivery, by bucket and time. */
  accesses: table<Access>(),
  /** Where access points are, by their aliases and by the buckets they are attached to, in the shared store. */
  aliases: table<AccessPointPlace>(),
  attachments: table<AccessPointPlace>(),
  /** What accounts block, in the shared store. */
  accountBlocks: table<PublicAccessBlock>(),
  buckets: table<Bucket>(),
  accessPoints: table<AccessPoint>(),
  /** Current versions that are objects: what plain listings show. */
  objects: table<StoredObject>(),
  /** Noncurrent versions, and every delete marker. */
  versions: table<Version>(),
  uploads: table<Upload>(),
  parts: table<Part>(),
};

export type Tables = typeof tables;
export type Context = ContextOf<Tables>;
export type Store = StoreOf<Tables>;
export type Operation<Input, Output> = OperationOf<Input, Output, Tables>;
export const operation = operationsOn<Tables>();

/** Where all accounts' bucket names are. */
export function sharedStore(context: Pick<Context, "storeAt">): Store {
  return context.storeAt("shared", "global");
}

export function placeOf(context: Context, bucket: string): Place | undefined {
  return sharedStore(context).names.get(bucket);
}

export function objectKey(bucket: string, key: string): string {
  return `${bucket}\u0000${byteKey(key)}`;
}

export function versionKey(bucket: string, key: string, order: string): string {
  return compositeKey(bucket, byteKey(key), order);
}

export function partKey(upload: string, number: number): string {
  return `${upload}\u0000${number.toString().padStart(5, "0")}`;
}
