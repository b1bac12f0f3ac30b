// The replication rules of AWS::S3::Bucket, as the CDK's Bucket writes them with its role and keys.

import {
  DeleteObjectCommand,
  GetBucketReplicationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { App, Stack } from "aws-cdk-lib";
import { Key } from "aws-cdk-lib/aws-kms";
import { Bucket, BucketEncryption, ReplicationTimeValue, StorageClass, type IBucket } from "aws-cdk-lib/aws-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let s3: S3Client;

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  at = stacksOf(cloud);
  s3 = new S3Client(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

function synthesised(fill: (stack: Stack) => void): Resources {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, "Cdk", { env: { account: "000000000000", region: "us-east-1" } });
  fill(stack);
  return app.synth().getStackByName("Cdk").template["Resources"];
}

test("the CDK's replicationRules deploy and replicate by the CDK's own role", async () => {
  await at.deploy(
    "Rules",
    synthesised((stack) => {
      const key = new Key(stack, "Key");
      const mine = new Key(stack, "Mine");
      // The CDK's own types part here: its Bucket may be no IBucket by TypeScript's strictest rules.
      const destination = new Bucket(stack, "To", {
        bucketName: "cdk-to",
        versioned: true,
        encryption: BucketEncryption.KMS,
        encryptionKey: key,
      }) as IBucket;
      new Bucket(stack, "From", {
        bucketName: "cdk-from",
        versioned: true,
        encryption: BucketEncryption.KMS,
        encryptionKey: mine,
        replicationRules: [
          {
            destination,
            priority: 2,
            filter: { prefix: "in/", tags: [{ key: "keep", value: "yes" }] },
            sseKmsEncryptedObjects: true,
            kmsKey: key,
            storageClass: StorageClass.INFREQUENT_ACCESS,
            replicationTimeControl: ReplicationTimeValue.FIFTEEN_MINUTES,
            metrics: ReplicationTimeValue.FIFTEEN_MINUTES,
          },
          { destination, priority: 1, deleteMarkerReplication: true, filter: { prefix: "in/" } },
        ],
      });
    }),
  );
  const { ReplicationConfiguration } = await s3.send(new GetBucketReplicationCommand({ Bucket: "cdk-from" }));
  expect(ReplicationConfiguration?.Rules).toMatchObject([
    {
      Priority: 2,
      Filter: { And: { Prefix: "in/", Tags: [{ Key: "keep", Value: "yes" }] } },
      Destination: {
        Bucket: "arn:aws:s3:::cdk-to",
        StorageClass: "STANDARD_IA",
        ReplicationTime: { Status: "Enabled", Time: { Minutes: 15 } },
      },
    },
    { Priority: 1, Filter: { Prefix: "in/" }, DeleteMarkerReplication: { Status: "Enabled" } },
  ]);
  const object = { Bucket: "cdk-from", Key: "in/1" };
  await s3.send(new PutObjectCommand({ ...object, Body: "hello", Tagging: "keep=yes" }));
  await cloud.settle();
  expect(await s3.send(new HeadObjectCommand(object))).toMatchObject({ ReplicationStatus: "COMPLETED" });
  const replica = await s3.send(new GetObjectCommand({ Bucket: "cdk-to", Key: "in/1" }));
  expect(await replica.Body?.transformToString()).toBe("hello");
  expect(replica).toMatchObject({ StorageClass: "STANDARD_IA", ReplicationStatus: "REPLICA" });
  await s3.send(new DeleteObjectCommand(object));
  await cloud.settle();
  const { DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket: "cdk-to" }));
  expect(DeleteMarkers).toHaveLength(1);
});

test("rules go with the versions they need", async () => {
  const bucket = (more: object): Resources => ({
    From: { Type: "AWS::S3::Bucket", Properties: { BucketName: "rules-go", ...more } },
  });
  const Role = "arn:aws:iam::000000000000:role/replicator";
  const ReplicationConfiguration = {
    Role,
    Rules: [{ Id: "old", Status: "Enabled", Prefix: "", Destination: { Bucket: "arn:aws:s3:::cdk-to" } }],
  };
  expect(await at.failure("Unversioned", bucket({ ReplicationConfiguration }))).toContain(
    "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
  );
  await at.deploy("Goes", bucket({ VersioningConfiguration: { Status: "Enabled" }, ReplicationConfiguration }));
  const told = await s3.send(new GetBucketReplicationCommand({ Bucket: "rules-go" }));
  expect(told.ReplicationConfiguration).toMatchObject({ Role, Rules: [{ ID: "old", Prefix: "" }] });
  await at.deploy("Goes", bucket({}));
  await expect(s3.send(new GetBucketReplicationCommand({ Bucket: "rules-go" }))).rejects.toMatchObject({
    name: "ReplicationConfigurationNotFoundError",
  });
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket: "rules-go" }))).Status).toBe("Suspended");
});
