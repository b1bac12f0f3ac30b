// What falls due while the clock is advanced happens in order of time and arrival, each thing at its own time.

import { CreateTableCommand, DynamoDBClient, PutItemCommand, UpdateTimeToLiveCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RunningCloud } from "../index.ts";
import { makeFunction, startLambdaCloud, type LambdaCloud } from "../services/lambda/engine/test-cloud.ts";

let at: LambdaCloud;
let cloud: RunningCloud;
let sqs: SQSClient;
let events: EventBridgeClient;

beforeEach(async () => {
  at = await startLambdaCloud("clock-order");
  cloud = at.cloud;
  sqs = new SQSClient(cloud.clientConfig());
  events = new EventBridgeClient(cloud.clientConfig());
});
afterEach(async () => {
  vi.useRealTimers();
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const QUEUE_ARN = "arn:aws:sqs:us-east-1:000000000000:ticks";

/** A queue that gets an event whenever a schedule is due. */
async function scheduled(...expressions: readonly string[]): Promise<string> {
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "ticks" }));
  const Statement = [
    { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage", Resource: QUEUE_ARN },
  ];
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  for (const [index, ScheduleExpression] of expressions.entries()) {
    const Name = `rule-${index}`;
    await events.send(new PutRuleCommand({ Name, ScheduleExpression }));
    await events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: "queue", Arn: QUEUE_ARN }] }));
  }
  return QueueUrl;
}

type Tick = { readonly time: string; readonly sent: number };

async function ticks(QueueUrl: string): Promise<Tick[]> {
  const found: Tick[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ["SentTimestamp"] }),
    );
    for (const { Body = "", Attributes } of Messages)
      found.push({ time: (JSON.parse(Body) as Tick).time, sent: Number(Attributes?.SentTimestamp) });
    if (Messages.length === 0) return found.toSorted((one, other) => one.sent - other.sent);
  }
}

/** What ran since the clock was held, with the second it ran at. */
function work(start: number, kinds: RegExp): string[] {
  return cloud.trace
    .spans()
    .filter((span) => span.kind === "work" && span.at > start && kinds.test(span.name))
    .map((span) => `${(span.at - start) / 1000} ${span.name}`);
}

test.each(["live", "held"])(
  "rate(5 minutes) fires twelve times in an hour on a %s clock, each at its time",
  async (mode) => {
    if (mode === "held") cloud.clock.hold();
    const url = await scheduled("rate(5 minutes)");
    const start = cloud.clock.now();
    await cloud.clock.advanceTo(start + 3_600_000);
    const fired = await ticks(url);
    expect(fired).toHaveLength(12);
    const first = fired[0]?.sent ?? 0;
    expect(fired.map(({ sent }) => sent - first)).toEqual(
      Array.from({ length: 12 }, (_each, index) => index * 300_000),
    );
    expect(fired.map(({ time }) => time)).toEqual(
      fired.map(({ sent }) => `${new Date(sent).toISOString().slice(0, 19)}Z`),
    );
  },
);

test("a retry that is due between two schedules runs between them", async () => {
  await scheduled("rate(1 minute)");
  const code = { "index.js": "exports.handler = async () => { throw new Error('no') }" };
  await makeFunction(at, "fails", code, { Timeout: 30 });
  cloud.clock.hold();
  await cloud.clock.advance("30 seconds");
  await events.send(new PutRuleCommand({ Name: "rule-0", ScheduleExpression: "rate(1 minute)" }));
  const start = cloud.clock.now();
  await cloud.clock.advance("30 seconds");
  await at.lambda.send(new InvokeCommand({ FunctionName: "fails", InvocationType: "Event" }));
  await cloud.settle();
  await cloud.clock.advance("4 minutes");
  expect(work(start, /^(events\.fire|lambda\.invoke-event)$/)).toEqual([
    "30 lambda.invoke-event",
    "60 events.fire",
    "90 lambda.invoke-event",
    "120 events.fire",
    "180 events.fire",
    "210 lambda.invoke-event",
    "240 events.fire",
  ]);
});

test("services share one order, and one instant is in order of arrival", async () => {
  const QueueUrl = await scheduled();
  cloud.clock.hold();
  const start = Math.ceil(cloud.clock.now() / 1000) * 1000;
  await cloud.clock.advanceTo(start);
  const secrets = new SecretsManagerClient(cloud.clientConfig());
  await secrets.send(new CreateSecretCommand({ Name: "s", SecretString: "x" }));
  await secrets.send(new DeleteSecretCommand({ SecretId: "s", RecoveryWindowInDays: 7 }));
  const dynamodb = new DynamoDBClient(cloud.clientConfig());
  await dynamodb.send(
    new CreateTableCommand({
      TableName: "items",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  const TimeToLiveSpecification = { AttributeName: "ttl", Enabled: true };
  await dynamodb.send(new UpdateTimeToLiveCommand({ TableName: "items", TimeToLiveSpecification }));
  const week = 7 * 86_400;
  for (const [id, seconds] of Object.entries({ late: week, early: 100 })) {
    const Item = { id: { S: id }, ttl: { N: String(start / 1000 + seconds) } };
    await dynamodb.send(new PutItemCommand({ TableName: "items", Item }));
  }
  await events.send(new PutRuleCommand({ Name: "weekly", ScheduleExpression: "rate(7 days)" }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "{}", DelaySeconds: 200 }));
  const polled = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
  await cloud.clock.advanceTo(start + 8 * 86_400_000);
  expect(work(start, /./)).toEqual([
    "100 dynamodb.expire-items",
    `${week} secretsmanager.deleteSecret`,
    `${week} events.fire`,
    `${week} dynamodb.expire-items`,
  ]);
  // A poll that ended after twenty seconds has not seen what came later.
  expect((await polled).Messages).toBeUndefined();
});

test("a held clock stands still, whatever the host's does", async () => {
  const QueueUrl = await scheduled("rate(1 minute)");
  cloud.clock.hold();
  const start = cloud.clock.now();
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"time":"sent"}', DelaySeconds: 5 }));
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 86_400_000 });
  await cloud.settle();
  expect(cloud.clock.now()).toBe(start);
  expect(await ticks(QueueUrl)).toEqual([]);
  vi.useRealTimers();
  await cloud.clock.advance("5 seconds");
  expect(await ticks(QueueUrl)).toEqual([{ time: "sent", sent: start }]);
});

test("a year costs what is due in it, and no step more", async () => {
  await scheduled(...Array.from({ length: 20 }, (_each, index) => `cron(0 ${index} 1 * ? *)`));
  cloud.clock.hold();
  const start = cloud.clock.now();
  await cloud.clock.advance("365 days");
  const ran = work(start, /./).map((line) => line.replace(/^\S+ /, ""));
  expect(new Set(ran)).toEqual(new Set(["events.fire", "events.deliver"]));
  expect(ran).toHaveLength(2 * 20 * 12);
});
