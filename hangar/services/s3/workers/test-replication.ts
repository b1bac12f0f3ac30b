// Roles, buckets and rules for tests of replication.

import { CreateRoleCommand, type IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  HeadObjectCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  type ObjectOwnership,
  type ReplicationRule,
  type S3Client,
} from "@aws-sdk/client-s3";

export const role = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
export const Role = role("replicator");

/** A role that a service may take on, with rights to some actions. */
export async function makeRole(
  iam: IAMClient,
  RoleName: string,
  Action: string[],
  Service = "s3.amazonaws.com",
): Promise<void> {
  const Version = "2012-10-17";
  const trust = { Version, Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }] };
  const AssumeRolePolicyDocument = JSON.stringify(trust);
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const PolicyDocument = JSON.stringify({ Version, Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "replication", PolicyDocument }));
}

type Made = { readonly lock?: boolean; readonly ownership?: ObjectOwnership };

/** A bucket with versions, in the client's region and account. */
export async function makeBucket(client: S3Client, Bucket: string, { lock, ownership }: Made = {}): Promise<void> {
  const region = await client.config.region();
  const place =
    region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region as "eu-west-1" } };
  await client.send(
    new CreateBucketCommand({
      Bucket,
      ...place,
      ...(lock === undefined ? {} : { ObjectLockEnabledForBucket: lock }),
      ...(ownership === undefined ? {} : { ObjectOwnership: ownership }),
    }),
  );
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
}

export const to = (bucket: string, more: Partial<ReplicationRule> = {}): ReplicationRule => ({
  ID: `to-${bucket}`,
  Status: "Enabled",
  Priority: 1,
  Filter: {},
  DeleteMarkerReplication: { Status: "Enabled" },
  ...more,
  Destination: { Bucket: `arn:aws:s3:::${bucket}`, ...more.Destination },
});

export function replicate(client: S3Client, Bucket: string, rules: ReplicationRule[], by = Role) {
  return client.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration: { Role: by, Rules: rules } }));
}

export async function statusOf(client: S3Client, Bucket: string, Key: string, VersionId?: string) {
  return (await client.send(new HeadObjectCommand({ Bucket, Key, VersionId }))).ReplicationStatus;
}
