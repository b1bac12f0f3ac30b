// What settle() says of messages and records that are tried again later, for ever.

import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateEventSourceMappingCommand, type CreateEventSourceMappingCommandInput } from "@aws-sdk/client-lambda";
import { SQS } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeFunction, startLambdaCloud, type LambdaCloud } from "../services/lambda/engine/test-cloud.ts";

let at: LambdaCloud;
let sqs: SQS;
let QueueUrl: string | undefined;
beforeEach(async () => {
  at = await startLambdaCloud("settle-later");
  at.cloud.clock.hold();
  sqs = new SQS(at.cloud.clientConfig());
  ({ QueueUrl } = await sqs.createQueue({ QueueName: "jobs", Attributes: { VisibilityTimeout: "30" } }));
});
afterEach(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const JOBS = "arn:aws:sqs:us-east-1:000000000000:jobs";
const FAILS = `exports.handler = async () => { throw new Error("cannot read this"); };`;
const LEAVES = `exports.handler = async ({ Records }) => ({ batchItemFailures: Records.map(({ messageId, dynamodb }) => ({ itemIdentifier: messageId ?? dynamodb.SequenceNumber })) });`;

async function consumer(code: string, more: Partial<CreateEventSourceMappingCommandInput> = {}): Promise<void> {
  await makeFunction(at, "worker", { "index.js": code });
  await at.lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: "worker",
      EventSourceArn: JOBS,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ...more,
    }),
  );
  await at.cloud.settle();
}

/** The message was received five times, and is to be seen again in half a minute. */
async function poisoned(code: string): Promise<void> {
  await consumer(code);
  await sqs.sendMessage({ QueueUrl, MessageBody: "x" });
  await at.cloud.settle();
  await at.cloud.clock.advance("61 seconds");
  await at.cloud.settle();
  await at.cloud.clock.advance("1 minute");
}

describe("a message that comes back later", () => {
  test("and fails each time is a poison message", async () => {
    await poisoned(FAILS);
    await expect(at.cloud.settle()).rejects.toThrow(
      /^Not settled: a poison message\. worker failed 5 times with [0-9a-f-]{36} of arn:aws:sqs:us-east-1:000000000000:jobs, at last with Unhandled: .*cannot read this.*\. It comes back at \d{4}-.*Z: the queue has no redrive policy, which would move it to a dead-letter queue\.$/,
    );
  });

  test("and is left each time has a consumer that never acknowledges", async () => {
    await poisoned(LEAVES);
    await expect(at.cloud.settle()).rejects.toThrow(
      /^Not settled: a consumer that never acknowledges\. worker was given [0-9a-f-]{36} of arn:aws:sqs:us-east-1:000000000000:jobs 5 times and left it there each time\. It comes back at /,
    );
  });

  test("is none once somebody takes it away, or a redrive policy will", async () => {
    await poisoned(FAILS);
    const fork = at.cloud.fork();
    const dead = await sqs.createQueue({ QueueName: "dead" });
    const deadLetterTargetArn = "arn:aws:sqs:us-east-1:000000000000:dead";
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 10 });
    await sqs.setQueueAttributes({ QueueUrl, Attributes: { RedrivePolicy } });
    await at.cloud.settle();
    await at.cloud.clock.advance("5 minutes");
    await at.cloud.settle();
    expect((await sqs.receiveMessage({ QueueUrl: dead.QueueUrl })).Messages).toHaveLength(1);
    await fork.clock.advance("30 seconds");
    await expect(fork.settle()).rejects.toThrow(/failed 6 times/);
    await new SQS(fork.clientConfig()).purgeQueue({ QueueUrl });
    await fork.settle();
    fork.dispose();
  });
});

test("a record that holds up its shard is a poison record, until it is given up", async () => {
  const dynamodb = new DynamoDBClient(at.cloud.clientConfig());
  const { TableDescription } = await dynamodb.send(
    new CreateTableCommand({
      TableName: "things",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      BillingMode: "PAY_PER_REQUEST",
      StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
    }),
  );
  await consumer(FAILS, { EventSourceArn: TableDescription?.LatestStreamArn, StartingPosition: "TRIM_HORIZON" });
  await dynamodb.send(new PutItemCommand({ TableName: "things", Item: { id: { S: "1" } } }));
  await at.cloud.settle();
  await at.cloud.clock.advance("14 seconds");
  await at.cloud.settle();
  await at.cloud.clock.advance("1 second");
  await expect(at.cloud.settle()).rejects.toThrow(
    /^Not settled: a poison record\. worker failed 5 times with record \d+ of arn:aws:dynamodb:.*\/stream\/.* \(shardId-.*\), at last with Unhandled: .*cannot read this.*\. The shard waits behind it for a day: /,
  );
  await at.cloud.clock.advance("25 hours");
  await at.cloud.settle();
});
