// What ends by itself ends on the world's clock, all in one world: each of these is over at its own time.

import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { IAM } from "@aws-sdk/client-iam";
import { KMS } from "@aws-sdk/client-kms";
import { S3 } from "@aws-sdk/client-s3";
import { SNS } from "@aws-sdk/client-sns";
import { SQS } from "@aws-sdk/client-sqs";
import { STS } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../index.ts";

let cloud: RunningCloud;
let start: number;
const after = (seconds: number): Promise<void> => cloud.clock.advanceTo(start + seconds * 1000);
const DAY = 86_400;

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  cloud.clock.hold();
  start = cloud.clock.now();
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

/** Seconds after the start, in order; each is asked for just before and when it is over. */
describe("is there until", () => {
  test("15 minutes: a session's rights", async () => {
    const config = cloud.clientConfig();
    const trust = { Effect: "Allow", Principal: { AWS: "000000000000" }, Action: "sts:AssumeRole" };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
    const { Role } = await new IAM(config).createRole({ RoleName: "short", AssumeRolePolicyDocument });
    const { Credentials } = await new STS(config).assumeRole({
      RoleArn: Role?.Arn,
      RoleSessionName: "someone",
      DurationSeconds: 900,
    });
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
    const credentials = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    };
    const own = new STS({ ...config, credentials });
    await after(899);
    expect((await own.getCallerIdentity({})).Arn).toMatch(/assumed-role\/short\/someone$/);
    await after(901);
    await expect(own.getCallerIdentity({})).rejects.toMatchObject({ name: "ExpiredToken" });
  });

  test("an hour: a message that is kept for an hour, also from the counts", async () => {
    const sqs = new SQS(cloud.clientConfig());
    const { QueueUrl } = await sqs.createQueue({ QueueName: "q", Attributes: { MessageRetentionPeriod: "3600" } });
    await sqs.sendMessage({ QueueUrl, MessageBody: "x" });
    const count = async (): Promise<string | undefined> =>
      (await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ["All"] })).Attributes?.["ApproximateNumberOfMessages"];
    await cloud.clock.advance("1 hour");
    expect(await count()).toBe("1");
    await cloud.clock.advance("1 ms");
    expect(await count()).toBe("0");
    expect((await sqs.receiveMessage({ QueueUrl })).Messages).toBeUndefined();
  });

  test("midnight after a day: the copy of an archived object", async () => {
    const s3 = new S3(cloud.clientConfig());
    const object = { Bucket: "archive-on-the-clock", Key: "k" };
    await s3.createBucket(object);
    await s3.putObject({ ...object, Body: "cold", StorageClass: "GLACIER" });
    await s3.restoreObject({ ...object, RestoreRequest: { Days: 1 } });
    await cloud.clock.advance("5 hours");
    const until = Date.parse(/expiry-date="(.*)"/.exec((await s3.headObject(object)).Restore ?? "")?.[1] ?? "");
    expect(until % (DAY * 1000)).toBe(0);
    expect(until - cloud.clock.now()).toBeGreaterThanOrEqual(DAY * 1000);
    await cloud.clock.advanceTo(until - 1);
    expect(await (await s3.getObject(object)).Body?.transformToString()).toBe("cold");
    await cloud.clock.advanceTo(until);
    await expect(s3.getObject(object)).rejects.toMatchObject({ name: "InvalidObjectState" });
    expect((await s3.headObject(object)).Restore).toBeUndefined();
  });

  test("two days: a subscription that nobody confirms", async () => {
    const sns = new SNS(cloud.clientConfig());
    const { TopicArn } = await sns.createTopic({ Name: "mail" });
    await sns.subscribe({ TopicArn, Protocol: "email", Endpoint: "someone@example.com" });
    const pending = async (): Promise<number | undefined> =>
      (await sns.listSubscriptionsByTopic({ TopicArn })).Subscriptions?.length;
    await cloud.clock.advance("47 hours");
    expect(await pending()).toBe(1);
    await cloud.clock.advance("1 hour");
    expect(await pending()).toBe(0);
  });

  test("a week: a log event, and a key that waits to be deleted", async () => {
    const logs = new CloudWatchLogs(cloud.clientConfig());
    const place = { logGroupName: "/app", logStreamName: "one" };
    await logs.createLogGroup(place);
    await logs.createLogStream(place);
    await logs.putRetentionPolicy({ ...place, retentionInDays: 7 });
    await logs.putLogEvents({ ...place, logEvents: [{ timestamp: cloud.clock.now(), message: "x" }] });
    const kms = new KMS(cloud.clientConfig());
    const KeyId = (await kms.createKey({})).KeyMetadata?.KeyId;
    await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
    await cloud.clock.advance(7 * DAY * 1000 - 1);
    expect((await logs.getLogEvents(place)).events).toHaveLength(1);
    expect((await kms.describeKey({ KeyId })).KeyMetadata?.KeyState).toBe("PendingDeletion");
    await cloud.clock.advance(1);
    expect((await logs.getLogEvents(place)).events).toHaveLength(0);
    await expect(kms.describeKey({ KeyId })).rejects.toMatchObject({ name: "NotFoundException" });
  });
});
