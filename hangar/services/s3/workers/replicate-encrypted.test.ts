// Replication of encrypted objects, and what is told of replication that fails.

import {
  GetObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { makeBucket, makeRole, replicate, role, statusOf, to } from "./test-replication.ts";

let cloud: RunningCloud;
let s3: S3Client;
let west: S3Client;
let iam: IAMClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  west = new S3Client({ ...cloud.clientConfig(), region: "eu-west-1" });
  iam = new IAMClient(cloud.clientConfig());
  await makeRole(iam, "replicator", ["s3:*", "kms:Encrypt", "kms:Decrypt"]);
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
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
    await makeRole(iam, name, actions, service);
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
