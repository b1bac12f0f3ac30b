// Notifications to topics, functions and event buses: who must let S3 in, and what each is told.

import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
  type NotificationConfiguration,
} from "@aws-sdk/client-s3";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  LambdaClient,
  RemovePermissionCommand,
} from "@aws-sdk/client-lambda";
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
let sqs: SQSClient;
let QueueUrl: string;
const Bucket = "tells-others";
const QueueArn = "arn:aws:sqs:us-east-1:000000000000:inbox";

const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });

beforeAll(async () => {
  cloud = await startCloud();
  s3 = new S3Client(cloud.clientConfig());
  sqs = new SQSClient(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket }));
  QueueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: "inbox" }))).QueueUrl ?? "";
  const Policy = document({ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: QueueArn });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

function notify(configuration: NotificationConfiguration): Promise<unknown> {
  return s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: configuration }));
}

async function inbox(): Promise<Record<string, unknown>[]> {
  await cloud.settle();
  const all: Record<string, unknown>[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return all;
    all.push(...Messages.map(({ Body }) => JSON.parse(Body ?? "") as Record<string, unknown>));
  }
}

const refused = { name: "InvalidArgument", message: "Unable to validate the following destination configurations" };

describe("a topic", () => {
  const TopicArn = "arn:aws:sns:us-east-1:000000000000:news";
  const configuration = { TopicConfigurations: [{ Id: "t", TopicArn, Events: ["s3:ObjectCreated:Put" as const] }] };

  test("has to let S3 in, and gets the test event first", async () => {
    await expect(notify(configuration)).rejects.toMatchObject(refused);
    const sns = new SNSClient(cloud.clientConfig());
    await sns.send(new CreateTopicCommand({ Name: "news" }));
    await expect(notify(configuration)).rejects.toMatchObject(refused);
    const policy = document({
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action: "sns:Publish",
      Resource: TopicArn,
      Condition: { ArnLike: { "aws:SourceArn": `arn:aws:s3:::${Bucket}` } },
    });
    await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue: policy }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: QueueArn }));
    await notify(configuration);
    const [first] = await inbox();
    expect(first).toMatchObject({ Type: "Notification", TopicArn, Subject: "Amazon S3 Notification" });
    expect(JSON.parse(String(first?.["Message"]))).toMatchObject({
      Service: "Amazon S3",
      Event: "s3:TestEvent",
      Bucket,
    });
  });

  test("is told of what its events name", async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: "for the topic", Body: "x" }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "for the topic" }));
    const told = (await inbox()).map(
      ({ Message }) => JSON.parse(String(Message)) as { Records: { eventName: string }[] },
    );
    expect(told.map(({ Records }) => Records.map((record) => record.eventName))).toEqual([["ObjectCreated:Put"]]);
  });
});

describe("a function", () => {
  const FunctionName = "told";
  const LambdaFunctionArn = `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}`;
  const configuration = {
    LambdaFunctionConfigurations: [
      {
        LambdaFunctionArn,
        Events: ["s3:ObjectCreated:*" as const],
        Filter: { Key: { FilterRules: [{ Name: "suffix" as const, Value: ".csv" }] } },
      },
    ],
  };

  test("has to let this bucket in; S3 in another's name is not enough", async () => {
    await expect(notify(configuration)).rejects.toMatchObject(refused);
    const iam = new IAMClient(cloud.clientConfig());
    const assume = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
    await iam.send(new CreateRoleCommand({ RoleName: "told", AssumeRolePolicyDocument: document(assume) }));
    const PolicyDocument = document({ Effect: "Allow", Action: "logs:*", Resource: "*" });
    await iam.send(new PutRolePolicyCommand({ RoleName: "told", PolicyName: "p", PolicyDocument }));
    const lambda = new LambdaClient(cloud.clientConfig());
    const code = "exports.handler = async (event) => console.log(`told ${JSON.stringify(event)}`)";
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Role: "arn:aws:iam::000000000000:role/told",
        Code: { ZipFile: zipSync({ "index.js": Buffer.from(code) }) },
      }),
    );
    await expect(notify(configuration)).rejects.toMatchObject(refused);
    const permit = (StatementId: string, SourceArn: string) =>
      lambda.send(
        new AddPermissionCommand({
          FunctionName,
          StatementId,
          Action: "lambda:InvokeFunction",
          Principal: "s3.amazonaws.com",
          SourceArn,
          SourceAccount: "000000000000",
        }),
      );
    await permit("other", "arn:aws:s3:::another-bucket");
    await expect(notify(configuration)).rejects.toMatchObject(refused);
    await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: "other" }));
    await permit("this", `arn:aws:s3:::${Bucket}`);
    await notify(configuration);
  });

  test("runs with the record of each object its filter lets through", async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: "in/a b.csv", Body: "1,2" }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "in/a.txt", Body: "no" }));
    await cloud.settle();
    const logs = new CloudWatchLogsClient(cloud.clientConfig());
    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${FunctionName}`, filterPattern: "told" }),
    );
    const told = events.map(({ message = "" }) => JSON.parse(message.slice(message.indexOf("{"))) as unknown);
    expect(told).toMatchObject([
      {
        Records: [
          { eventName: "ObjectCreated:Put", s3: { bucket: { name: Bucket }, object: { key: "in/a+b.csv", size: 3 } } },
        ],
      },
    ]);
  });
});

describe("EventBridge", () => {
  test("gets every event once it is switched on, in its own shape", async () => {
    await notify({ EventBridgeConfiguration: {} });
    expect(await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))).toMatchObject({
      EventBridgeConfiguration: {},
    });
    const events = new EventBridgeClient(cloud.clientConfig());
    const pattern = {
      source: ["aws.s3"],
      "detail-type": ["Object Created", "Object Deleted"],
      detail: { bucket: { name: [Bucket] } },
    };
    await events.send(new PutRuleCommand({ Name: "objects", EventPattern: JSON.stringify(pattern) }));
    await events.send(new PutTargetsCommand({ Rule: "objects", Targets: [{ Id: "q", Arn: QueueArn }] }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "a b", Body: "12" }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "a b" }));
    const told = await inbox();
    const common = {
      version: "0",
      source: "aws.s3",
      account: "000000000000",
      region: "us-east-1",
      resources: [`arn:aws:s3:::${Bucket}`],
    };
    expect(told).toMatchObject([
      {
        ...common,
        "detail-type": "Object Created",
        detail: { version: "0", bucket: { name: Bucket }, object: { key: "a b", size: 2 }, reason: "PutObject" },
      },
      {
        ...common,
        "detail-type": "Object Deleted",
        detail: { object: { key: "a b" }, reason: "DeleteObject", "deletion-type": "Permanently Deleted" },
      },
    ]);
  });
});
