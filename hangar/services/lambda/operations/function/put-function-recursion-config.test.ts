// Recursive loops: sixteen invocations of a chain, then no more, unless the function may.

import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  GetFunctionRecursionConfigCommand,
  PutFunctionEventInvokeConfigCommand,
  PutFunctionRecursionConfigCommand,
} from "@aws-sdk/client-lambda";
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { logOf, makeFunction, run, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
let sqs: SQSClient;
beforeAll(async () => {
  at = await startLambdaCloud("recursion");
  sqs = new SQSClient(at.cloud.clientConfig());
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const invocations = async (name: string): Promise<number> =>
  (await logOf(at, name)).filter((line) => line.startsWith("START")).length;

async function makeQueue(name: string, attributes: Record<string, string> = {}): Promise<{ url: string; arn: string }> {
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  return { url: QueueUrl, arn: `arn:aws:sqs:us-east-1:${at.cloud.account}:${name}` };
}

/** Sends on what it gets, up to a number. */
const SENDS = {
  "index.mjs": `import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
const sqs = new SQSClient({});
export const handler = async ({ Records: [{ body }] }) => {
  if (Number(body) < 20) await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: String(Number(body) + 1) }));
};`,
};

async function queueLoop(name: string, attributes: Record<string, string> = {}): Promise<string> {
  const queue = await makeQueue(name, { VisibilityTimeout: "30", ...attributes });
  await makeFunction(at, name, SENDS, { Environment: { Variables: { QUEUE: queue.url } } });
  await at.lambda.send(
    new CreateEventSourceMappingCommand({ FunctionName: name, EventSourceArn: queue.arn, BatchSize: 1 }),
  );
  return queue.url;
}

test("a loop through a queue stops after sixteen invocations, and its message comes to the dead-letter queue", async () => {
  const dead = await makeQueue("dead");
  const QueueUrl = await queueLoop("loop", {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 }),
  });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "1" }));
  await at.cloud.settle();
  expect(await invocations("loop")).toBe(16);
  await at.cloud.clock.advance("1 minute");
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: dead.url }));
  expect(Messages.map(({ Body }) => Body)).toEqual(["17"]);
});

test("a function that may loop goes on", async () => {
  const QueueUrl = await queueLoop("allowed");
  const put = { FunctionName: "allowed", RecursiveLoop: "Allow" } as const;
  expect((await at.lambda.send(new PutFunctionRecursionConfigCommand(put))).RecursiveLoop).toBe("Allow");
  expect((await at.lambda.send(new GetFunctionRecursionConfigCommand(put))).RecursiveLoop).toBe("Allow");
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "1" }));
  await at.cloud.settle();
  expect(await invocations("allowed")).toBe(20);
});

test("a loop through a topic stops, and the event goes to the on-failure destination", async () => {
  const sns = new SNSClient(at.cloud.clientConfig());
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "loop" }));
  const failures = await makeQueue("failures");
  const code = `import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
const sns = new SNSClient({});
export const handler = async () => { await sns.send(new PublishCommand({ TopicArn: process.env.TOPIC, Message: "again" })); };`;
  await makeFunction(at, "topic", { "index.mjs": code }, { Environment: { Variables: { TOPIC: TopicArn ?? "" } } });
  const name = { FunctionName: "topic" };
  await at.lambda.send(
    new AddPermissionCommand({
      ...name,
      StatementId: "sns",
      Action: "lambda:InvokeFunction",
      Principal: "sns.amazonaws.com",
    }),
  );
  await at.lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      ...name,
      DestinationConfig: { OnFailure: { Destination: failures.arn } },
    }),
  );
  const Endpoint = `arn:aws:lambda:us-east-1:${at.cloud.account}:function:topic`;
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "lambda", Endpoint }));
  await sns.send(new PublishCommand({ TopicArn, Message: "first" }));
  await at.cloud.settle();
  expect(await invocations("topic")).toBe(16);
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: failures.url }));
  expect(Messages.map(({ Body }) => JSON.parse(Body ?? ""))).toMatchObject([
    {
      requestContext: { functionArn: `${Endpoint}:$LATEST` },
      requestPayload: { Records: [{ Sns: { Message: "again" } }] },
    },
  ]);
});

test("a function that invokes itself gets a RecursiveInvocationException", async () => {
  const code = `import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
const lambda = new LambdaClient({ maxAttempts: 1 });
export const handler = async ({ depth }, { functionName }) => {
  try {
    const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify({ depth: depth + 1 }) }));
    return JSON.parse(Payload.transformToString());
  } catch (error) {
    return { depth, name: error.name, message: error.message, status: error.$metadata.httpStatusCode };
  }
};`;
  await makeFunction(at, "itself", { "index.mjs": code }, { Timeout: 30 });
  expect((await run(at, "itself", { depth: 1 })).json).toEqual({
    depth: 16,
    name: "RecursiveInvocationException",
    message:
      "Lambda has detected your function being invoked in a recursive loop with other Amazon Web Services resources and stopped your function's invocation.",
    status: 400,
  });
});
