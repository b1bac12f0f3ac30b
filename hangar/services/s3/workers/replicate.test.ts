// Replication between buckets, regions and accounts, through the SDK and on a world's clock.

import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectTaggingCommand,
  S3Client,
  type ObjectOwnership,
  type ReplicationRule,
} from "@aws-sdk/client-s3";
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
let west: S3Client;
let other: S3Client;
let iam: IAMClient;
const OTHER = "222222222222";
const role = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
const Role = role("replicator");

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  west = new S3Client({ ...cloud.clientConfig(), region: "eu-west-1" });
  other = new S3Client({
    ...cloud.clientConfig(),
    credentials: { accessKeyId: OTHER, secretAccessKey: "x" },
  });
  iam = new IAMClient(cloud.clientConfig());
  await makeRole("replicator", ["s3:*", "kms:Encrypt", "kms:Decrypt"]);
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function makeRole(RoleName: string, Action: string[], Service = "s3.amazonaws.com"): Promise<void> {
  const Version = "2012-10-17";
  const trust = { Version, Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }] };
  const AssumeRolePolicyDocument = JSON.stringify(trust);
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const PolicyDocument = JSON.stringify({ Version, Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "replication", PolicyDocument }));
}

type Made = { readonly lock?: boolean; readonly ownership?: ObjectOwnership };

async function makeBucket(client: S3Client, Bucket: string, { lock, ownership }: Made = {}): Promise<void> {
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

const to = (bucket: string, more: Partial<ReplicationRule> = {}): ReplicationRule => ({
  ID: `to-${bucket}`,
  Status: "Enabled",
  Priority: 1,
  Filter: {},
  DeleteMarkerReplication: { Status: "Enabled" },
  ...more,
  Destination: { Bucket: `arn:aws:s3:::${bucket}`, ...more.Destination },
});

function replicate(client: S3Client, Bucket: string, rules: ReplicationRule[], by = Role) {
  return client.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration: { Role: by, Rules: rules } }));
}

async function statusOf(client: S3Client, Bucket: string, Key: string, VersionId?: string) {
  return (await client.send(new HeadObjectCommand({ Bucket, Key, VersionId }))).ReplicationStatus;
}

describe("a replica", () => {
  test("has the version id, bytes, metadata and tags of its source, in another region", async () => {
    await makeBucket(s3, "from-east");
    await makeBucket(west, "to-west");
    await replicate(s3, "from-east", [
      to("to-west", { Destination: { Bucket: "arn:aws:s3:::to-west", StorageClass: "STANDARD_IA" } }),
    ]);
    const object = { Bucket: "from-east", Key: "a/b.txt" };
    const put = await s3.send(
      new PutObjectCommand({
        ...object,
        Body: "hello",
        ContentType: "text/plain",
        Metadata: { who: "me" },
        Tagging: "x=1",
      }),
    );
    await cloud.settle();
    expect(await statusOf(s3, "from-east", "a/b.txt")).toBe("COMPLETED");
    const replica = await west.send(new GetObjectCommand({ Bucket: "to-west", Key: "a/b.txt" }));
    expect(await replica.Body?.transformToString()).toBe("hello");
    expect(replica).toMatchObject({
      VersionId: put.VersionId,
      ETag: put.ETag,
      ContentType: "text/plain",
      Metadata: { who: "me" },
      StorageClass: "STANDARD_IA",
      TagCount: 1,
      ReplicationStatus: "REPLICA",
    });
    const source = await s3.send(new HeadObjectCommand(object));
    expect(replica.LastModified).toEqual(source.LastModified);
  });

  test("follows its source's tags, until it is deleted for good", async () => {
    const object = { Bucket: "from-east", Key: "a/b.txt" };
    await s3.send(new PutObjectTaggingCommand({ ...object, Tagging: { TagSet: [{ Key: "y", Value: "2" }] } }));
    await cloud.settle();
    const there = { Bucket: "to-west", Key: "a/b.txt" };
    expect((await west.send(new GetObjectTaggingCommand(there))).TagSet).toEqual([{ Key: "y", Value: "2" }]);
    await s3.send(new DeleteObjectTaggingCommand(object));
    await cloud.settle();
    expect((await west.send(new GetObjectTaggingCommand(there))).TagSet).toEqual([]);
    const { VersionId } = await west.send(new HeadObjectCommand(there));
    await west.send(new DeleteObjectCommand({ ...there, VersionId }));
    await s3.send(new PutObjectTaggingCommand({ ...object, Tagging: { TagSet: [{ Key: "z", Value: "3" }] } }));
    await cloud.settle();
    expect(await statusOf(s3, "from-east", "a/b.txt")).toBe("FAILED");
  });

  test("gets the delete markers, but not the deletion of versions", async () => {
    const object = { Bucket: "from-east", Key: "gone" };
    const put = await s3.send(new PutObjectCommand({ ...object, Body: "1" }));
    const marker = await s3.send(new DeleteObjectCommand(object));
    await cloud.settle();
    await s3.send(new DeleteObjectCommand({ ...object, VersionId: put.VersionId }));
    await cloud.settle();
    const { Versions, DeleteMarkers } = await west.send(
      new ListObjectVersionsCommand({ Bucket: "to-west", Prefix: "gone" }),
    );
    expect(Versions?.map((version) => version.VersionId)).toEqual([put.VersionId]);
    expect(DeleteMarkers).toMatchObject([{ VersionId: marker.VersionId, IsLatest: true }]);
  });

  test("is not replicated again, and two buckets can replicate each other", async () => {
    for (const name of ["chain-a", "chain-b", "chain-c"]) await makeBucket(s3, name);
    await replicate(s3, "chain-a", [to("chain-b")]);
    await replicate(s3, "chain-b", [
      to("chain-a", {
        SourceSelectionCriteria: { ReplicaModifications: { Status: "Enabled" } },
      }),
      to("chain-c", { Priority: 2 }),
    ]);
    const put = await s3.send(new PutObjectCommand({ Bucket: "chain-a", Key: "k", Body: "1" }));
    await cloud.settle();
    expect(await statusOf(s3, "chain-b", "k")).toBe("REPLICA");
    await expect(s3.send(new HeadObjectCommand({ Bucket: "chain-c", Key: "k" }))).rejects.toMatchObject({
      name: "NotFound",
    });
    const back = await s3.send(new PutObjectCommand({ Bucket: "chain-b", Key: "k", Body: "2" }));
    await s3.send(
      new PutObjectTaggingCommand({
        Bucket: "chain-b",
        Key: "k",
        VersionId: put.VersionId,
        Tagging: { TagSet: [{ Key: "of", Value: "b" }] },
      }),
    );
    await cloud.settle();
    expect(await statusOf(s3, "chain-b", "k", put.VersionId)).toBe("REPLICA");
    const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket: "chain-a" }));
    expect(Versions?.map((version) => [version.VersionId, version.IsLatest])).toEqual([
      [back.VersionId, true],
      [put.VersionId, false],
    ]);
    const first = { Bucket: "chain-a", Key: "k", VersionId: put.VersionId };
    expect((await s3.send(new GetObjectTaggingCommand(first))).TagSet).toEqual([{ Key: "of", Value: "b" }]);
  });

  test("keeps the lock of its source, if its bucket has locks", async () => {
    await makeBucket(s3, "locked-from", { lock: true });
    await makeBucket(s3, "locked-to", { lock: true });
    await makeBucket(s3, "open-to");
    await replicate(s3, "locked-from", [to("locked-to"), to("open-to", { Priority: 2 })]);
    await s3.send(
      new PutObjectCommand({ Bucket: "locked-from", Key: "k", Body: "1", ObjectLockLegalHoldStatus: "ON" }),
    );
    await cloud.settle();
    const there = { Bucket: "locked-to", Key: "k" };
    expect(await s3.send(new HeadObjectCommand(there))).toMatchObject({ ObjectLockLegalHoldStatus: "ON" });
    expect(await statusOf(s3, "locked-from", "k")).toBe("FAILED");
    await s3.send(new PutObjectLegalHoldCommand({ Bucket: "locked-from", Key: "k", LegalHold: { Status: "OFF" } }));
    await cloud.settle();
    expect(await s3.send(new HeadObjectCommand(there))).toMatchObject({ ObjectLockLegalHoldStatus: "OFF" });
  });
});

describe("rules", () => {
  test("choose by prefix and tags, the highest priority for each destination", async () => {
    for (const name of ["chooses", "chosen", "second"]) await makeBucket(s3, name);
    const Filter = { And: { Prefix: "in/", Tags: [{ Key: "keep", Value: "yes" }] } };
    const cold = { Destination: { Bucket: "arn:aws:s3:::chosen", StorageClass: "STANDARD_IA" as const } };
    await replicate(s3, "chooses", [
      to("chosen", { ID: "tagged", Filter, Priority: 5, DeleteMarkerReplication: { Status: "Disabled" }, ...cold }),
      to("chosen", {
        ID: "all",
        Filter: { Prefix: "in/" },
        Priority: 2,
        DeleteMarkerReplication: { Status: "Disabled" },
      }),
      to("second", { ID: "off", Status: "Disabled", Priority: 9 }),
    ]);
    await s3.send(new PutObjectCommand({ Bucket: "chooses", Key: "in/1", Body: "-", Tagging: "keep=yes" }));
    await s3.send(new PutObjectCommand({ Bucket: "chooses", Key: "in/2", Body: "-" }));
    await s3.send(new PutObjectCommand({ Bucket: "chooses", Key: "out/3", Body: "-", Tagging: "keep=yes" }));
    await s3.send(new DeleteObjectCommand({ Bucket: "chooses", Key: "in/2" }));
    await cloud.settle();
    const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket: "chosen" }));
    expect(Versions?.map((version) => [version.Key, version.StorageClass])).toEqual([
      ["in/1", "STANDARD_IA"],
      ["in/2", "STANDARD"],
    ]);
    expect(DeleteMarkers).toBeUndefined();
    expect(await statusOf(s3, "chooses", "out/3")).toBeUndefined();
    expect((await s3.send(new ListObjectVersionsCommand({ Bucket: "second" }))).Versions).toBeUndefined();
  });

  test("of the older schema, by a prefix alone, send delete markers on", async () => {
    await makeBucket(s3, "old-from");
    await makeBucket(s3, "old-to");
    const Destination = { Bucket: "arn:aws:s3:::old-to" };
    await replicate(s3, "old-from", [{ Status: "Enabled", Prefix: "", Destination }]);
    await s3.send(new PutObjectCommand({ Bucket: "old-from", Key: "k", Body: "-" }));
    await s3.send(new DeleteObjectCommand({ Bucket: "old-from", Key: "k" }));
    await cloud.settle();
    const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket: "old-to" }));
    expect([Versions?.length, DeleteMarkers?.length]).toEqual([1, 1]);
  });
});

describe("accounts", () => {
  const Bucket = "of-another-account";
  const policy = (Action: string[]) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: Role }, Action, Resource: `arn:aws:s3:::${Bucket}/*` }],
    });
  const ownerOf = async (Key: string) => (await other.send(new GetObjectAclCommand({ Bucket, Key }))).Owner?.ID;

  test("let replicas in by the destination's policy", async () => {
    await makeBucket(s3, "crosses");
    await makeBucket(other, Bucket, { ownership: "ObjectWriter" });
    await replicate(s3, "crosses", [to(Bucket)]);
    await s3.send(new PutObjectCommand({ Bucket: "crosses", Key: "refused", Body: "1" }));
    await cloud.settle();
    expect(await statusOf(s3, "crosses", "refused")).toBe("FAILED");
    await other.send(new PutBucketPolicyCommand({ Bucket, Policy: policy(["s3:ReplicateObject"]) }));
    await s3.send(new PutObjectCommand({ Bucket: "crosses", Key: "k", Body: "1" }));
    await s3.send(new DeleteObjectCommand({ Bucket: "crosses", Key: "k" }));
    await s3.send(new PutObjectCommand({ Bucket: "crosses", Key: "tagged", Body: "1", Tagging: "a=b" }));
    await cloud.settle();
    const { Versions, DeleteMarkers } = await other.send(new ListObjectVersionsCommand({ Bucket }));
    expect([Versions?.map((version) => version.Key), DeleteMarkers]).toEqual([["k"], undefined]);
    expect(await statusOf(s3, "crosses", "tagged")).toBe("FAILED");
  });

  test("hand replicas over where the rule says so and the policy lets them", async () => {
    const Destination = {
      Bucket: `arn:aws:s3:::${Bucket}`,
      Account: OTHER,
      AccessControlTranslation: { Owner: "Destination" as const },
    };
    await replicate(s3, "crosses", [to(Bucket, { Destination })]);
    const actions = ["s3:ReplicateObject", "s3:ObjectOwnerOverrideToBucketOwner"];
    await other.send(new PutBucketPolicyCommand({ Bucket, Policy: policy(actions) }));
    await s3.send(new PutObjectCommand({ Bucket: "crosses", Key: "theirs", Body: "1" }));
    await cloud.settle();
    expect(await statusOf(s3, "crosses", "theirs")).toBe("COMPLETED");
    const { Owner } = await s3.send(new GetObjectAclCommand({ Bucket: "crosses", Key: "theirs" }));
    expect(await ownerOf("k")).toBe(Owner?.ID);
    expect(await ownerOf("theirs")).toMatch(/^[0-9a-f]{64}$/);
    expect(await ownerOf("theirs")).not.toBe(Owner?.ID);
  });
});

describe("a stranger's object", () => {
  test("is replicated by the bucket's role, in the bucket's account", async () => {
    await makeBucket(s3, "open-from");
    await makeBucket(west, "open-west");
    await replicate(s3, "open-from", [to("open-west")]);
    const Action = ["s3:PutObject", "s3:GetObject"];
    const Principal = { AWS: OTHER };
    const statement = { Effect: "Allow", Principal, Action, Resource: "arn:aws:s3:::open-from/*" };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await s3.send(new PutBucketPolicyCommand({ Bucket: "open-from", Policy }));
    await other.send(new PutObjectCommand({ Bucket: "open-from", Key: "k", Body: "1" }));
    await cloud.settle();
    expect(await statusOf(other, "open-from", "k")).toBe("COMPLETED");
    expect(await statusOf(west, "open-west", "k")).toBe("REPLICA");
  });

  test("is not, when the role was never let in, and the trace says why", async () => {
    await makeRole("timid", ["s3:Get*", "s3:ReplicateTags"]);
    await replicate(s3, "open-from", [to("open-west")], role("timid"));
    await other.send(new PutObjectCommand({ Bucket: "open-from", Key: "k2", Body: "1" }));
    await cloud.settle();
    expect(await statusOf(s3, "open-from", "k2")).toBe("FAILED");
    const span = cloud.trace.spans().findLast(({ name }) => name === "s3.replicate");
    expect(span?.attributes).toMatchObject({
      destination: "arn:aws:s3:::open-west",
      replication: "DstPutObjectNotPermitted",
      denied: expect.stringContaining("s3:ReplicateObject"),
    });
  });
});

describe("encryption", () => {
  test("by KMS is carried over to a key of the destination's region, where a rule asks for it", async () => {
    const kms = new KMSClient(cloud.clientConfig());
    const away = new KMSClient({ ...cloud.clientConfig(), region: "eu-west-1" });
    const here = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? "";
    const there = (await away.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? "";
    await makeBucket(s3, "sealed-from");
    await makeBucket(west, "sealed-to");
    await replicate(s3, "sealed-from", [to("sealed-to")]);
    const seal = { ServerSideEncryption: "aws:kms" as const, SSEKMSKeyId: here };
    await s3.send(new PutObjectCommand({ Bucket: "sealed-from", Key: "left", Body: "secret", ...seal }));
    expect(await statusOf(s3, "sealed-from", "left")).toBeUndefined();
    await replicate(s3, "sealed-from", [
      to("sealed-to", {
        SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: "Enabled" } },
        Destination: { Bucket: "arn:aws:s3:::sealed-to", EncryptionConfiguration: { ReplicaKmsKeyID: there } },
      }),
    ]);
    await s3.send(new PutObjectCommand({ Bucket: "sealed-from", Key: "taken", Body: "secret", ...seal }));
    await cloud.settle();
    await kms.send(new DisableKeyCommand({ KeyId: here }));
    const replica = await west.send(new GetObjectCommand({ Bucket: "sealed-to", Key: "taken" }));
    expect(await replica.Body?.transformToString()).toBe("secret");
    expect(replica).toMatchObject({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: there });
    await away.send(new DisableKeyCommand({ KeyId: there }));
    await expect(west.send(new GetObjectCommand({ Bucket: "sealed-to", Key: "taken" }))).rejects.toMatchObject({
      name: "KMS.DisabledException",
    });
  });
});

describe("a failure", () => {
  test.each<[string, string, string[], string, string]>([
    ["the role cannot be assumed", "untrusted", ["s3:*"], "ec2.amazonaws.com", "AssumeRoleNotPermitted"],
    [
      "the role may not read",
      "unread",
      ["s3:GetRepl*", "s3:Replicate*"],
      "s3.amazonaws.com",
      "SrcGetObjectNotPermitted",
    ],
    ["the role may not write", "unwritten", ["s3:Get*"], "s3.amazonaws.com", "DstPutObjectNotPermitted"],
  ])("because %s is told to who wants to know", async (...[, name, actions, service, failureReason]) => {
    const sqs = new SQSClient(cloud.clientConfig());
    await makeRole(name, actions, service);
    await makeBucket(s3, `fails-${name}`);
    await makeBucket(s3, `misses-${name}`);
    const destinationBucket = `arn:aws:s3:::misses-${name}`;
    const rule = to(`misses-${name}`, { Destination: { Bucket: destinationBucket, Metrics: { Status: "Enabled" } } });
    await replicate(s3, `fails-${name}`, [rule], role(name));
    const QueueArn = `arn:aws:sqs:us-east-1:000000000000:failures-${name}`;
    const Statement = [{ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: QueueArn }];
    const Attributes = { Policy: JSON.stringify({ Version: "2012-10-17", Statement }) };
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: `failures-${name}`, Attributes }));
    const QueueConfigurations = [{ Id: "all", QueueArn, Events: ["s3:Replication:*" as const] }];
    await s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: `fails-${name}`,
        NotificationConfiguration: { QueueConfigurations },
      }),
    );
    await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    const put = await s3.send(new PutObjectCommand({ Bucket: `fails-${name}`, Key: "k", Body: "1" }));
    await cloud.settle();
    expect(await statusOf(s3, `fails-${name}`, "k")).toBe("FAILED");
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(JSON.parse(Messages?.[0]?.Body ?? "{}")).toMatchObject({
      Records: [
        {
          eventVersion: "2.2",
          eventName: "Replication:OperationFailedReplication",
          s3: { object: { key: "k", versionId: put.VersionId } },
          replicationEventData: {
            replicationRuleId: `to-misses-${name}`,
            destinationBucket,
            s3Operation: "OBJECT_PUT",
            failureReason,
          },
        },
      ],
    });
  });
});
