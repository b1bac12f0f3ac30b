// Kinesis streams as targets: of EventBridge's rules and of CloudWatch Logs' subscription filters.

import { gunzipSync } from "node:zlib";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  PutSubscriptionFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  type _Record,
} from "@aws-sdk/client-kinesis";
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let kinesis: KinesisClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "kinesis.deliveries" });
  kinesis = new KinesisClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const ACCOUNT = "000000000000";

async function create(StreamName: string): Promise<string> {
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  return `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/${StreamName}`;
}

async function records(StreamARN: string): Promise<_Record[]> {
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({ StreamARN, ShardId: "0", ShardIteratorType: "TRIM_HORIZON" }),
  );
  return (await kinesis.send(new GetRecordsCommand({ ShardIterator }))).Records ?? [];
}

async function role(RoleName: string, service: string, Action?: string): Promise<string> {
  const iam = new IAMClient(cloud.clientConfig());
  const document = (statement: object): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
  const trust = document({ Principal: { Service: service }, Action: "sts:AssumeRole" });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  if (Action !== undefined)
    await iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument: document({ Action, Resource: "*" }) }),
    );
  return Role?.Arn ?? "";
}

test("a rule's event is a record, placed by its path or its id", async () => {
  const events = new EventBridgeClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const Arn = await create("targeted");
  const RoleArn = await role("events-to-kinesis", "events.amazonaws.com", "kinesis:PutRecord");
  await events.send(new PutRuleCommand({ Name: "all", EventPattern: JSON.stringify({ source: ["app"] }) }));
  await expect(events.send(new PutTargetsCommand({ Rule: "all", Targets: [{ Id: "none", Arn }] }))).rejects.toThrow(
    `RoleArn is required for target ${Arn}.`,
  );
  const Targets = [
    { Id: "id", Arn, RoleArn },
    { Id: "path", Arn, RoleArn, InputPath: "$.detail", KinesisParameters: { PartitionKeyPath: "$.detail.user" } },
  ];
  await events.send(new PutTargetsCommand({ Rule: "all", Targets }));
  const Entries = [{ Source: "app", DetailType: "order", Detail: JSON.stringify({ user: "ann" }) }];
  await events.send(new PutEventsCommand({ Entries }));
  await cloud.settle();
  const found = (await records(Arn)).map(({ Data = [], PartitionKey }) => ({
    PartitionKey,
    data: JSON.parse(Buffer.from(Data).toString()) as Record<string, unknown>,
  }));
  expect(found).toHaveLength(2);
  const whole = found.find(({ data }) => "detail-type" in data);
  expect(whole?.data).toMatchObject({ version: "0", source: "app", detail: { user: "ann" } });
  expect(whole?.PartitionKey).toBe(whole?.data["id"]);
  expect(found.find((each) => each !== whole)).toEqual({ PartitionKey: "ann", data: { user: "ann" } });
});

test("a role without rights leads to the dead-letter queue", async () => {
  const events = new EventBridgeClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const sqs = new SQSClient(cloud.clientConfig());
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "dead" }));
  const queueArn = `arn:aws:sqs:us-east-1:${ACCOUNT}:dead`;
  const allow = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: queueArn };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [allow] });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  const Arn = await create("untold");
  const RoleArn = await role("no-rights", "events.amazonaws.com");
  await events.send(new PutRuleCommand({ Name: "denied", EventPattern: JSON.stringify({ source: ["denied"] }) }));
  const Targets = [{ Id: "k", Arn, RoleArn, DeadLetterConfig: { Arn: queueArn } }];
  await events.send(new PutTargetsCommand({ Rule: "denied", Targets }));
  await events.send(new PutEventsCommand({ Entries: [{ Source: "denied", DetailType: "d", Detail: "{}" }] }));
  await cloud.settle();
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"] }));
  expect(Messages?.[0]?.MessageAttributes?.["ERROR_CODE"]?.StringValue).toBe("NO_PERMISSIONS");
  expect(await records(Arn)).toEqual([]);
});

test("a log group's events are gzipped records, after a control message", async () => {
  const logs = new CloudWatchLogsClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const destinationArn = await create("logged");
  const roleArn = await role("logs-to-kinesis", "logs.amazonaws.com", "kinesis:PutRecord");
  const [logGroupName, logStreamName] = ["group", "stream"];
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const filter = { logGroupName, filterName: "f", filterPattern: "ERROR", roleArn };
  await expect(
    logs.send(new PutSubscriptionFilterCommand({ ...filter, destinationArn: `${destinationArn}-not` })),
  ).rejects.toThrow("Could not deliver test message to specified Kinesis stream.");
  await logs.send(new PutSubscriptionFilterCommand({ ...filter, destinationArn }));
  const timestamp = cloud.clock.now();
  const logEvents = ["ERROR one", "fine"].map((message) => ({ timestamp, message }));
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  await cloud.settle();
  const messages = (await records(destinationArn)).map(
    ({ Data = [] }) => JSON.parse(gunzipSync(Buffer.from(Data)).toString()) as Record<string, unknown>,
  );
  expect(messages).toEqual([
    expect.objectContaining({ messageType: "CONTROL_MESSAGE", owner: "CloudwatchLogs" }),
    {
      messageType: "DATA_MESSAGE",
      owner: ACCOUNT,
      logGroup: logGroupName,
      logStream: logStreamName,
      subscriptionFilters: ["f"],
      logEvents: [{ id: expect.any(String), timestamp, message: "ERROR one" }],
    },
  ]);
});
