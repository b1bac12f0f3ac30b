// What settle() says of worlds that never come to rest, with functions that really run.

import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateEventSourceMappingCommand,
  LambdaClient,
  PutFunctionRecursionConfigCommand,
} from "@aws-sdk/client-lambda";
import {
  CreateQueueCommand,
  SQSClient,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ForkedCloud } from "../index.ts";
import { makeFunction, run, startLambdaCloud, type LambdaCloud } from "../services/lambda/engine/test-cloud.ts";

let at: LambdaCloud;
beforeAll(async () => {
  at = await startLambdaCloud("settle");
});
afterAll(() => at.cloud.close());

const QUEUE = "arn:aws:sqs:us-east-1:000000000000:jobs";
const sdk = `import { SQSClient, SendMessageCommand } from "@aws-sdk/client-sqs";
import { LambdaClient, InvokeCommand } from "@aws-sdk/client-lambda";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";\n`;

/** A fork of its own, ended with its loops. */
async function inFork(use: (fork: ForkedCloud, inside: LambdaCloud) => Promise<void>): Promise<void> {
  const fork = at.cloud.fork();
  const lambda = new LambdaClient({ ...fork.clientConfig(), maxAttempts: 1 });
  try {
    await use(fork, { ...at, lambda });
  } finally {
    fork.dispose();
  }
}

async function consumer(inside: LambdaCloud, fork: ForkedCloud, code: string): Promise<SQSClient> {
  const sqs = new SQSClient(fork.clientConfig());
  await sqs.send(new CreateQueueCommand({ QueueName: "jobs", Attributes: { VisibilityTimeout: "30" } }));
  await makeFunction(inside, "worker", { "index.mjs": sdk + code }, { Timeout: 10 });
  await inside.lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: "worker",
      EventSourceArn: QUEUE,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    }),
  );
  return sqs;
}

/** AWS stops a function that leads to itself, unless it is told not to. */
const allowLoop = (inside: LambdaCloud, FunctionName: string): Promise<unknown> =>
  inside.lambda.send(new PutFunctionRecursionConfigCommand({ FunctionName, RecursiveLoop: "Allow" }));

const queueUrl = (fork: ForkedCloud): string => `${fork.clientConfig().endpoint}/000000000000/jobs`;
const send = (fork: ForkedCloud, sqs: SQSClient): Promise<unknown> =>
  sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(fork), MessageBody: "5" }));
/** Messages that are not deleted come back at once. */
const atOnce = (fork: ForkedCloud, sqs: SQSClient): Promise<unknown> =>
  sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl(fork), Attributes: { VisibilityTimeout: "0" } }));

const resend = (when: string): string => `const sqs = new SQSClient({});
export const handler = async ({ Records }) => {
  for (const { body } of Records)
    if (${when})
      await sqs.send(new SendMessageCommand({ QueueUrl: process.env.AWS_ENDPOINT_URL + "/000000000000/jobs", MessageBody: String(body - 1) }));
};`;

describe("an endless loop is named with its steps", () => {
  test("a function that feeds its own queue", () =>
    inFork(async (fork, inside) => {
      const sqs = await consumer(inside, fork, resend("true"));
      await allowLoop(inside, "worker");
      await send(fork, sqs);
      await expect(fork.settle()).rejects.toThrow(
        /^Not settled: an endless loop\. worker:\$LATEST has led to itself 5\d times: worker:\$LATEST \(from arn:aws:sqs:us-east-1:000000000000:jobs\) > sqs:SendMessage > worker:\$LATEST \(from /,
      );
    }));

  test("keeps the clock from being advanced", () =>
    inFork(async (fork, inside) => {
      const sqs = await consumer(inside, fork, resend("true"));
      await allowLoop(inside, "worker");
      await send(fork, sqs);
      await expect(fork.clock.advance("1 hour")).rejects.toThrow(/an endless loop\. worker/);
    }));

  test("a function that invokes itself", () =>
    inFork(async (fork, inside) => {
      const code = `const lambda = new LambdaClient({});
export const handler = () => lambda.send(new InvokeCommand({ FunctionName: "again", InvocationType: "Event" })).then(() => null);`;
      await makeFunction(inside, "again", { "index.mjs": sdk + code });
      await allowLoop(inside, "again");
      await run(inside, "again");
      await expect(fork.settle()).rejects.toThrow(
        /again:\$LATEST has led to itself 5\d times: again:\$LATEST > lambda:Invoke > lambda\.invoke-event > again:\$LATEST\.$/,
      );
    }));

  test("a function that writes to the table whose stream it reads", () =>
    inFork(async (fork, inside) => {
      const code = `const dynamodb = new DynamoDBClient({}); let n = 0;
export const handler = () => dynamodb.send(new PutItemCommand({ TableName: "things", Item: { id: { S: "a" + n++ } } })).then(() => null);`;
      const dynamodb = new DynamoDBClient(fork.clientConfig());
      const { TableDescription } = await dynamodb.send(
        new CreateTableCommand({
          TableName: "things",
          KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
          AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
          BillingMode: "PAY_PER_REQUEST",
          StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" },
        }),
      );
      await makeFunction(inside, "writer", { "index.mjs": sdk + code });
      await inside.lambda.send(
        new CreateEventSourceMappingCommand({
          FunctionName: "writer",
          EventSourceArn: TableDescription?.LatestStreamArn,
          StartingPosition: "TRIM_HORIZON",
        }),
      );
      await fork.settle();
      await dynamodb.send(new PutItemCommand({ TableName: "things", Item: { id: { S: "first" } } }));
      await expect(fork.settle()).rejects.toThrow(/led to itself 5\d times: .* > dynamodb:PutItem > writer:\$LATEST/);
    }));
});

describe("a message that never goes away is named with its queue and consumer", () => {
  test("a poison message, which fails its function each time", () =>
    inFork(async (fork, inside) => {
      const sqs = await consumer(
        inside,
        fork,
        `export const handler = async () => { throw new Error("cannot read this"); };`,
      );
      await atOnce(fork, sqs);
      await send(fork, sqs);
      await expect(fork.settle()).rejects.toThrow(
        /^Not settled: a poison message\. worker:\$LATEST failed 20 times with [0-9a-f-]{36} of arn:aws:sqs:us-east-1:000000000000:jobs, at last with Unhandled: .*cannot read this/,
      );
    }));

  test("a consumer that never acknowledges", () =>
    inFork(async (fork, inside) => {
      const sqs = await consumer(
        inside,
        fork,
        `export const handler = async ({ Records }) => ({ batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) });`,
      );
      await atOnce(fork, sqs);
      await send(fork, sqs);
      await expect(fork.settle()).rejects.toThrow(
        /^Not settled: a consumer that never acknowledges\. worker:\$LATEST was given [0-9a-f-]{36} of arn:aws:sqs:us-east-1:000000000000:jobs 20 times/,
      );
    }));

  test("keeps the clock from being advanced when it needs no time", () =>
    inFork(async (fork, inside) => {
      const sqs = await consumer(
        inside,
        fork,
        `export const handler = async () => { throw new Error("cannot read this"); };`,
      );
      await send(fork, sqs);
      await fork.settle();
      await atOnce(fork, sqs);
      await expect(fork.clock.advance("1 hour")).rejects.toThrow(/^Not settled: a poison message\. worker/);
      await send(fork, sqs);
      await expect(fork.clock.advance("1 hour")).rejects.toThrow(/^Not settled: a poison message\. worker/);
    }));

  test("a function that does not end, once the time is over", () =>
    inFork(async (fork, inside) => {
      const sqs = await consumer(
        inside,
        fork,
        `export const handler = () => new Promise((done) => setTimeout(done, 5000));`,
      );
      await send(fork, sqs);
      await expect(fork.settle("700 ms")).rejects.toThrow(
        /^Not settled after 700 ms\. Running: lambda\.poll-source .* Invocations that have not ended: worker:\$LATEST \(from arn:aws:sqs:us-east-1:000000000000:jobs\) \(request [0-9a-f-]{36}\)\.$/,
      );
    }));
});

describe("what ends is no loop", () => {
  test("a function that feeds its own queue a few times, and many messages at once", () =>
    inFork(async (fork, inside) => {
      const sqs = await consumer(inside, fork, resend("body > 0"));
      for (let batch = 0; batch < 5; batch += 1)
        await sqs.send(
          new SendMessageBatchCommand({
            QueueUrl: queueUrl(fork),
            Entries: Array.from({ length: 10 }, (_each, index) => ({ Id: String(index), MessageBody: "4" })),
          }),
        );
      await fork.settle();
      const sent = fork.trace.spans().filter(({ name }) => name === "sqs:SendMessage");
      expect(sent).toHaveLength(200);
      expect(sent.every(({ parent }) => parent !== undefined)).toBe(true);
    }));
});
