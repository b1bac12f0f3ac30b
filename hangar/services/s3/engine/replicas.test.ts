// What replicas share with their sources: the bytes on disk, the parts, the customer's key; and what their bucket tells of them.

import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateQueueCommand, PurgeQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let folder: string;
let cloud: RunningCloud;
let s3: S3Client;
let keyArn: string;
const Bucket = "shares-from";
const large = Buffer.alloc(300_000, "x");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hangar-replicas-"));
  cloud = await startCloud({ directory: join(folder, "state"), listen: false });
  s3 = new S3Client(cloud.clientConfig());
  const iam = new IAMClient(cloud.clientConfig());
  const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const RoleName = "replicator";
  const trust = { Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sts:AssumeRole" };
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document(trust) }));
  const PolicyDocument = document({ Effect: "Allow", Action: ["s3:*", "kms:*"], Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "all", PolicyDocument }));
  const key = await new KMSClient(cloud.clientConfig()).send(new CreateKeyCommand({}));
  keyArn = key.KeyMetadata?.Arn ?? "";
  for (const name of [Bucket, "shares-to"]) {
    await s3.send(new CreateBucketCommand({ Bucket: name }));
    const VersioningConfiguration = { Status: "Enabled" as const };
    await s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration }));
  }
  const rule = {
    Status: "Enabled" as const,
    Priority: 1,
    Filter: {},
    DeleteMarkerReplication: { Status: "Disabled" as const },
    SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: "Enabled" as const } },
    Destination: { Bucket: "arn:aws:s3:::shares-to", EncryptionConfiguration: { ReplicaKmsKeyID: keyArn } },
  };
  const ReplicationConfiguration = { Role: Role?.Arn ?? "", Rules: [rule] };
  await s3.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
  await rm(folder, { recursive: true });
});

/** Files as large as the bodies of these tests. */
async function bodies(): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.filter((size) => size === large.length).length;
}

test("a replica needs no room of its own, even under another KMS key", async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: "plain", Body: large }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "sealed", Body: large, ServerSideEncryption: "aws:kms" }));
  expect(await bodies()).toBe(2);
  await cloud.settle();
  expect(await bodies()).toBe(2);
  for (const Key of ["plain", "sealed"]) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: "shares-to", Key }));
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(large)).toBe(true);
  }
  const sealed = await s3.send(new HeadObjectCommand({ Bucket: "shares-to", Key: "sealed" }));
  expect(sealed.SSEKMSKeyId).toBe(keyArn);
});

test("a multipart object keeps its parts and checksums", async () => {
  const object = { Bucket, Key: "parts" };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...object, ChecksumAlgorithm: "SHA256" }));
  const Parts = [];
  for (const [index, Body] of [Buffer.alloc(5 * 1024 * 1024, "a"), "b"].entries()) {
    const part = { PartNumber: index + 1, UploadId };
    const { ETag, ChecksumSHA256 } = await s3.send(
      new UploadPartCommand({ ...object, ...part, Body, ChecksumAlgorithm: "SHA256" }),
    );
    Parts.push({ PartNumber: part.PartNumber, ETag, ChecksumSHA256 });
  }
  await s3.send(new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: { Parts } }));
  await cloud.settle();
  const asked = { Key: "parts", ChecksumMode: "ENABLED" as const, PartNumber: 2 };
  const {
    $metadata: _source,
    ReplicationStatus: _status,
    ...source
  } = await s3.send(new HeadObjectCommand({ ...asked, Bucket }));
  const { $metadata: _replica, ...replica } = await s3.send(new HeadObjectCommand({ ...asked, Bucket: "shares-to" }));
  expect(replica).toEqual({ ...source, ReplicationStatus: "REPLICA" });
  expect(replica).toMatchObject({ PartsCount: 2, ContentLength: 1 });
});

test("an object under its customer's key is read with that key there too", async () => {
  const SSECustomerKey = Buffer.alloc(32, "k");
  const customer = {
    SSECustomerAlgorithm: "AES256",
    SSECustomerKey: SSECustomerKey.toString("base64"),
    SSECustomerKeyMD5: createHash("md5").update(SSECustomerKey).digest("base64"),
  };
  const allow = async (name: string) =>
    s3.send(
      new PutBucketEncryptionCommand({
        Bucket: name,
        ServerSideEncryptionConfiguration: { Rules: [{ BlockedEncryptionTypes: { EncryptionType: ["NONE"] } }] },
      }),
    );
  await allow(Bucket);
  await s3.send(new PutObjectCommand({ Bucket, Key: "refused", Body: "secret", ...customer }));
  await cloud.settle();
  const { ReplicationStatus } = await s3.send(new HeadObjectCommand({ Bucket, Key: "refused", ...customer }));
  expect(ReplicationStatus).toBe("FAILED");
  await allow("shares-to");
  await s3.send(new PutObjectCommand({ Bucket, Key: "theirs", Body: "secret", ...customer }));
  await cloud.settle();
  const there = { Bucket: "shares-to", Key: "theirs" };
  await expect(s3.send(new GetObjectCommand(there))).rejects.toMatchObject({ name: "InvalidRequest" });
  const { Body } = await s3.send(new GetObjectCommand({ ...there, ...customer }));
  expect(await Body?.transformToString()).toBe("secret");
});

test("while KMS keeps a replica waiting its source is pending; a fork goes on by itself", async () => {
  const object = { Bucket, Key: "waits" };
  const status = async (client: S3Client) => (await client.send(new HeadObjectCommand(object))).ReplicationStatus;
  const waiting = cloud.fork("waiting");
  const slow = new S3Client(waiting.clientConfig());
  waiting.faults.latency("kms:Encrypt", 900_000);
  await slow.send(new PutObjectCommand({ ...object, Body: "1", ServerSideEncryption: "aws:kms" }));
  expect(await status(slow)).toBe("PENDING");
  const free = waiting.fork("free");
  free.faults.clear();
  await free.settle();
  expect(await status(new S3Client(free.clientConfig()))).toBe("COMPLETED");
  expect(await status(slow)).toBe("PENDING");
  free.dispose();
  waiting.dispose();
});

test("the destination tells of a replica once, and names the role's session", async () => {
  const sqs = new SQSClient(cloud.clientConfig());
  const QueueArn = "arn:aws:sqs:us-east-1:000000000000:arrivals";
  const Statement = [{ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: QueueArn }];
  const Attributes = { Policy: JSON.stringify({ Version: "2012-10-17", Statement }) };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "arrivals", Attributes }));
  const QueueConfigurations = [{ QueueArn, Events: ["s3:ObjectCreated:*" as const] }];
  const NotificationConfiguration = { QueueConfigurations };
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket: "shares-to", NotificationConfiguration }));
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  cloud.faults.latency("kms:Encrypt", 300, { times: 1 });
  await s3.send(new PutObjectCommand({ Bucket, Key: "told", Body: "1", ServerSideEncryption: "aws:kms" }));
  await s3.send(new PutObjectTaggingCommand({ Bucket, Key: "told", Tagging: { TagSet: [{ Key: "a", Value: "b" }] } }));
  await cloud.settle();
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  expect(Messages.map((message) => JSON.parse(message.Body ?? "") as unknown)).toMatchObject([
    {
      Records: [
        {
          eventName: "ObjectCreated:Put",
          userIdentity: { principalId: expect.stringMatching(/^AWS:AROA[A-Z0-9]+:s3-replication$/) },
          s3: { object: { key: "told", size: 1 } },
        },
      ],
    },
  ]);
});
