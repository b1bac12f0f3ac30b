// Queues as event sources: messages that come while others are handled; FIFO groups side by side, each in order.

import { CreateQueueCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFunction, startLambdaCloud, type LambdaCloud } from "../engine/test-cloud.ts";
import { map, seen } from "../test-mapping.ts";

let at: LambdaCloud;
let sqs: SQSClient;

beforeAll(async () => {
  at = await startLambdaCloud("fifo");
  sqs = new SQSClient({ ...at.cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

/** `messages` are a group's letter and a body each. */
async function queueWith(name: string, messages: readonly string[]): Promise<string> {
  const Attributes = { FifoQueue: "true", ContentBasedDeduplication: "true", VisibilityTimeout: "60" };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: `${name}.fifo`, Attributes }));
  const Entries = messages.map((text, n) => ({ Id: String(n), MessageBody: text, MessageGroupId: text.slice(0, 1) }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  return `arn:aws:sqs:us-east-1:000000000000:${name}.fifo`;
}

/** The first group's message waits until the second group's has been there. */
const WAITS = `const { SSM } = require("@aws-sdk/client-ssm");
const ssm = new SSM({});
exports.handler = async ({ Records: [{ body }] }) => {
  if (body === "b1") await ssm.putParameter({ Name: "/" + process.env.AWS_LAMBDA_FUNCTION_NAME, Value: "b", Type: "String" });
  while (body === "a1") {
    const there = await ssm.getParameter({ Name: "/" + process.env.AWS_LAMBDA_FUNCTION_NAME }).catch(() => undefined);
    if (there !== undefined) break;
    await new Promise((done) => setTimeout(done, 50));
  }
  console.log("EVENT " + JSON.stringify(body));
};`;

test("groups do not wait for each other", async () => {
  const source = await queueWith("side-by-side", ["a1", "a2", "b1"]);
  await makeFunction(at, "side-by-side", { "index.js": WAITS }, { Timeout: 40 });
  await map(at, "side-by-side", source, { BatchSize: 1 });
  await at.cloud.settle();
  // Which of the first two is logged first is a matter of chance.
  const order = await seen(at, "side-by-side");
  expect(new Set(order)).toEqual(new Set(["a1", "b1", "a2"]));
  expect(order.indexOf("a2")).toBe(2);
});

test("a message does not wait for one that came before and is still handled", async () => {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "later" }));
  await makeFunction(at, "later", { "index.js": WAITS }, { Timeout: 25 });
  await map(at, "later", "arn:aws:sqs:us-east-1:000000000000:later", { BatchSize: 1 });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "a1" }));
  const begun = (): boolean => at.cloud.trace.spans().some(({ name }) => name === "ssm:GetParameter");
  await expect.poll(begun).toBe(true);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "b1" }));
  await at.cloud.settle();
  expect(new Set(await seen(at, "later"))).toEqual(new Set(["a1", "b1"]));
});

test("a group waits for its message that failed", async () => {
  const source = await queueWith("waits", ["a1", "a2", "b1"]);
  const index = `exports.handler = async ({ Records: [{ body, attributes }] }) => {
  console.log("EVENT " + JSON.stringify(body));
  if (body === "a1" && attributes.ApproximateReceiveCount === "1") throw new Error("not yet");
};`;
  await makeFunction(at, "waits", { "index.js": index });
  await map(at, "waits", source, { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
  await at.cloud.settle();
  expect(new Set(await seen(at, "waits"))).toEqual(new Set(["a1", "b1"]));
  await at.cloud.clock.advance("61 seconds");
  await at.cloud.settle();
  expect((await seen(at, "waits")).slice(2)).toEqual(["a1", "a2"]);
});
