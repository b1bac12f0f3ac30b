// Notifications and lifecycle on the clock, through SQS and the SDK.

import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketNotificationConfigurationCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  type LifecycleRule,
  type QueueConfiguration,
} from "@aws-sdk/client-s3";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient, SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
let sqs: SQSClient;
let QueueUrl: string;
const QueueArn = "arn:aws:sqs:us-east-1:000000000000:events";

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  sqs = new SQSClient(cloud.clientConfig());
  QueueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: "events" }))).QueueUrl ?? "";
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

type Told = {
  readonly Event?: string;
  readonly Records?: readonly { eventName: string; s3: { object: Record<string, unknown>; configurationId: string } }[];
};

/** Everything the queue has once nothing is under way. */
async function told(): Promise<Told[]> {
  await cloud.settle();
  const all: Told[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 3600 }),
    );
    if (Messages.length === 0) return all;
    all.push(...Messages.map((message) => JSON.parse(message.Body ?? "") as Told));
  }
}

async function names(): Promise<unknown[]> {
  return (await told())
    .flatMap(({ Records = [] }) => Records.map((record) => `${record.eventName} ${String(record.s3.object["key"])}`))
    .sort();
}

function notify(Bucket: string, configurations: Partial<QueueConfiguration>[]) {
  const QueueConfigurations = configurations.map((each) => ({
    QueueArn,
    Events: ["s3:ObjectCreated:*" as const],
    ...each,
  }));
  return s3.send(
    new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: { QueueConfigurations } }),
  );
}

describe("notifications", () => {
  const Bucket = "tells-a-queue";

  test("are refused while the queue does not let S3 in, then begin with a test event", async () => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    await expect(notify(Bucket, [{}])).rejects.toMatchObject({
      name: "InvalidArgument",
      message: "Unable to validate the following destination configurations",
    });
    const Statement = [
      {
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: QueueArn,
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } },
      },
    ];
    const Attributes = { Policy: JSON.stringify({ Version: "2012-10-17", Statement }) };
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    await notify(Bucket, [{ Id: "all", Events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"] }]);
    expect(await told()).toMatchObject([{ Service: "Amazon S3", Event: "s3:TestEvent", Bucket }]);
    const { QueueConfigurations } = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    expect(QueueConfigurations).toEqual([
      { Id: "all", QueueArn, Events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"] },
    ]);
  });

  test("say what happened to which object", async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: "a b/ü.txt", Body: "12345" }));
    const [message] = await told();
    expect(message?.Records).toEqual([
      {
        eventVersion: "2.1",
        eventSource: "aws:s3",
        awsRegion: "us-east-1",
        eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        eventName: "ObjectCreated:Put",
        userIdentity: { principalId: "AWS:000000000000" },
        requestParameters: { sourceIPAddress: "127.0.0.1" },
        responseElements: { "x-amz-request-id": expect.any(String), "x-amz-id-2": expect.any(String) },
        s3: {
          s3SchemaVersion: "1.0",
          configurationId: "all",
          bucket: { name: Bucket, ownerIdentity: { principalId: expect.any(String) }, arn: `arn:aws:s3:::${Bucket}` },
          object: {
            key: "a+b/%C3%BC.txt",
            size: 5,
            eTag: "827ccb0eea8a706c4c34a16891f84e7b",
            sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
          },
        },
      },
    ]);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "a b/ü.txt" }));
    expect(await names()).toEqual(["ObjectRemoved:Delete a+b/%C3%BC.txt"]);
  });

  test("go to whom prefix, suffix and event say", async () => {
    const filter = (Name: "prefix" | "suffix", Value: string) => ({ Key: { FilterRules: [{ Name, Value }] } });
    await notify(Bucket, [
      { Id: "logs", Filter: filter("prefix", "logs/") },
      { Id: "tags", Events: ["s3:ObjectTagging:Put"], Filter: filter("suffix", ".txt") },
    ]);
    await told();
    await s3.send(new PutObjectCommand({ Bucket, Key: "logs/1", Body: "" }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "other/1.txt", Body: "" }));
    await s3.send(new PutObjectTaggingCommand({ Bucket, Key: "other/1.txt", Tagging: { TagSet: [] } }));
    expect(await names()).toEqual(["ObjectCreated:Put logs/1", "ObjectTagging:Put other/1.txt"]);
    await expect(notify(Bucket, [{ Id: "one" }, { Id: "two", Filter: filter("prefix", "x") }])).rejects.toMatchObject({
      name: "InvalidArgument",
    });
    await expect(notify(Bucket, [{ QueueArn: "invalid-queue" }])).rejects.toMatchObject({
      name: "InvalidArgument",
      message: "The ARN could not be parsed",
    });
  });
});

describe("lifecycle rules", () => {
  async function rules(Bucket: string, ...given: Partial<LifecycleRule>[]): Promise<void> {
    const Rules = given.map((rule, index) => ({
      ID: `r${index}`,
      Status: "Enabled" as const,
      Filter: { Prefix: "" },
      ...rule,
    }));
    await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
  }
  const keys = async (Bucket: string): Promise<unknown> =>
    (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.map((each) => each.Key) ?? [];

  test("expire objects at midnight after their days, by prefix", async () => {
    const Bucket = "expires-here";
    await s3.send(new CreateBucketCommand({ Bucket }));
    await rules(Bucket, { Filter: { Prefix: "tmp/" }, Expiration: { Days: 2 } });
    for (const Key of ["tmp/a", "kept"]) await s3.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
    await cloud.clock.advance("2 days");
    expect(await keys(Bucket)).toEqual(["kept", "tmp/a"]);
    await cloud.clock.advance("1 day");
    expect(await keys(Bucket)).toEqual(["kept"]);
  });

  test("expire versions once they are noncurrent, and markers with nothing under them", async () => {
    const Bucket = "expires-versions";
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    await rules(Bucket, {
      NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      Expiration: { ExpiredObjectDeleteMarker: true },
    });
    for (const Body of ["1", "2"]) await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "gone", Body: "x" }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "gone" }));
    await cloud.clock.advance("4 days");
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect([Versions.map((each) => each.Key), DeleteMarkers]).toEqual([["k"], []]);
  });

  test("move versions to colder classes once they are noncurrent, but for the newest of them", async () => {
    const Bucket = "cools-versions";
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    const cool = { NoncurrentDays: 1, NewerNoncurrentVersions: 1, StorageClass: "GLACIER_IR" as const };
    await rules(Bucket, { NoncurrentVersionTransitions: [cool] });
    for (const size of [200_001, 200_002, 200_003])
      await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: Buffer.alloc(size) }));
    const classes = async () =>
      (await s3.send(new ListObjectVersionsCommand({ Bucket }))).Versions?.map((each) => [
        each.Size,
        each.StorageClass,
      ]);
    const warm = [200_003, 200_002, 200_001].map((size) => [size, "STANDARD"]);
    await cloud.clock.advance("20 hours");
    expect(await classes()).toEqual(warm);
    await cloud.clock.advance("2 days");
    expect(await classes()).toEqual([...warm.slice(0, 2), [200_001, "GLACIER_IR"]]);
  });

  test("give up uploads that nobody finished, and move objects to colder classes", async () => {
    const Bucket = "aborts-here";
    await s3.send(new CreateBucketCommand({ Bucket }));
    const Transitions = [{ Days: 30, StorageClass: "STANDARD_IA" as const }];
    await rules(Bucket, { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }, { Transitions });
    await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "never" }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "big", Body: Buffer.alloc(200_000) }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "small", Body: "x" }));
    await cloud.clock.advance("3 days");
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads ?? []).toEqual([]);
    await cloud.clock.advance("30 days");
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket }));
    expect(Contents?.map((each) => each.StorageClass)).toEqual(["STANDARD_IA", "STANDARD"]);
  });
});
