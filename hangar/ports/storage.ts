// What S3 Control asks of S3: access points, what an account blocks, and tags by ARN.

import type { Caller } from "../cloud/operation.ts";
import type { ConditionKeys } from "./access.ts";

export type StoredName = {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string | undefined;
};

export type PublicAccessBlock = {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
};

export type StorageTag = { readonly Key: string; readonly Value: string };

export type AccessPoint = {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly arn: string;
  readonly alias: string;
  readonly bucket: string;
  readonly bucketAccount: string;
  /** Milliseconds. */
  readonly created: number;
  /** The only network it takes requests from. */
  readonly vpcId?: string | undefined;
  readonly block: PublicAccessBlock;
  /** JSON text. */
  readonly policy?: string | undefined;
  readonly tags: readonly StorageTag[];
};

export type NewAccessPoint = Pick<AccessPoint, "name" | "bucket" | "vpcId" | "block" | "tags"> & {
  /** The account the bucket must belong to; the caller's own when absent. */
  readonly bucketAccount?: string | undefined;
};

/** A version of an object as a generated manifest may choose it. */
export type StoredVersion = {
  readonly key: string;
  /** Absent where the bucket was never versioned. */
  readonly versionId: string | undefined;
  readonly size: number;
  readonly storageClass: string;
  /** Milliseconds. */
  readonly modified: number;
  /** `NONE` where no rule has meant it yet. */
  readonly replication: string;
  /** A rule of the bucket means it. */
  readonly eligible: boolean;
};

/** All in the calling context's account and region. Throws S3's refusals. */
export type StoragePort = {
  createAccessPoint(wanted: NewAccessPoint): Promise<AccessPoint>;
  /** Throws NoSuchAccessPoint. */
  accessPoint(name: string): Promise<AccessPoint>;
  /** In order of name; one more than `max` shows that there are more. */
  accessPoints(options: {
    readonly bucket?: string | undefined;
    readonly after?: string | undefined;
    readonly max: number;
  }): Promise<readonly AccessPoint[]>;
  deleteAccessPoint(name: string): Promise<void>;
  /** Absent: none from now on. */
  setAccessPointPolicy(name: string, policy: string | undefined): Promise<void>;
  setAccessPointBlock(name: string, block: PublicAccessBlock): Promise<void>;
  isPublic(accessPoint: AccessPoint): Promise<boolean>;
  accountBlock(): Promise<PublicAccessBlock | undefined>;
  setAccountBlock(block: PublicAccessBlock | undefined): Promise<void>;
  /** Versions of a bucket's objects in order of key, newest first, without delete markers; the caller may list them. */
  versions(bucket: string, as: Caller): Promise<Iterable<StoredVersion>>;
  /** Sends a version that is there already to where the bucket's rules say. Throws why it did not get there. */
  replicate(version: StoredName, as: Caller): Promise<void>;
  /** Of a bucket or an access point of this account; undefined when there is none. */
  tags(arn: string): Promise<readonly StorageTag[] | undefined>;
  setTags(arn: string, tags: readonly StorageTag[]): Promise<void>;
  /** What policies may ask of a bucket or an access point of this account. Synchronous: it is on the path of a call. */
  conditions(arn: string): ConditionKeys;
};
