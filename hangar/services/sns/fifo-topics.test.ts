// FIFO topics through the SDK clients: groups, deduplication, order and what their queues receive.

import { createHash } from "node:crypto";
import {
  CreateTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  type Message,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let sns: SNSClient;
let sqs: SQSClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "sns.fifo" });
  cloud.clock.hold();
  sns = new SNSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  sqs = new SQSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

type Listener = { readonly arn: string; readonly url: string };
type Setup = Listener & { readonly topic: string; readonly subscription: string };

async function createQueue(QueueName: string): Promise<Listener> {
  const Attributes = QueueName.endsWith(".fifo") ? { FifoQueue: "true" } : undefined;
  const { QueueUrl: url = "" } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  const arn = `arn:aws:sqs:us-east-1:${cloud.account}:${QueueName}`;
  const Statement = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: arn };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }));
  return { arn, url };
}

async function setup(
  name: string,
  attributes: Record<string, string> = {},
  queueName = `${name}.fifo`,
): Promise<Setup> {
  const Attributes = { FifoTopic: "true", ...attributes };
  const { TopicArn: topic = "" } = await sns.send(new CreateTopicCommand({ Name: `${name}.fifo`, Attributes }));
  const queue = await createQueue(queueName);
  const { SubscriptionArn: subscription = "" } = await sns.send(
    new SubscribeCommand({ TopicArn: topic, Protocol: "sqs", Endpoint: queue.arn }),
  );
  return { ...queue, topic, subscription };
}

async function receive({ url }: Listener): Promise<Message[]> {
  await cloud.settle();
  const found: Message[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, AttributeNames: ["All"] }),
    );
    if (Messages.length === 0) return found;
    found.push(...Messages);
    for (const { ReceiptHandle } of Messages)
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
  }
}
const texts = async (from: Listener): Promise<unknown[]> =>
  (await receive(from)).map((message) => (JSON.parse(message.Body ?? "") as { Message: string }).Message);
const publish = (
  TopicArn: string,
  Message: string,
  options: { MessageGroupId?: string; MessageDeduplicationId?: string } = {},
): Promise<{ MessageId?: string | undefined; SequenceNumber?: string | undefined }> =>
  sns.send(new PublishCommand({ TopicArn, Message, MessageGroupId: "group", ...options }));
const invalid = (message: string): object =>
  expect.objectContaining({ name: "InvalidParameterException", message: `Invalid parameter: ${message}` });

describe("a message of a FIFO topic", () => {
  test("has a sequence number, comes unsigned, and keeps its group and deduplication id", async () => {
    const to = await setup("kept");
    const { MessageId, SequenceNumber } = await publish(to.topic, "Test", { MessageDeduplicationId: "dedup-1" });
    expect(SequenceNumber).toMatch(/^\d{20}$/);
    const [message] = await receive(to);
    expect(message?.Attributes).toMatchObject({ MessageGroupId: "group", MessageDeduplicationId: "dedup-1" });
    expect(JSON.parse(message?.Body ?? "")).toEqual({
      Type: "Notification",
      MessageId,
      SequenceNumber,
      TopicArn: to.topic,
      Message: "Test",
      Timestamp: expect.any(String) as string,
      UnsubscribeURL: expect.any(String) as string,
    });
  });

  test("is identified by its content where the topic says so, though the queue does not", async () => {
    const to = await setup("content", { ContentBasedDeduplication: "true" });
    await publish(to.topic, "Test single");
    const [message] = await receive(to);
    expect(message?.Attributes?.["MessageDeduplicationId"]).toBe(
      createHash("sha256").update("Test single").digest("hex"),
    );
  });

  test("goes to a standard queue without its group", async () => {
    const to = await setup("to-standard", { ContentBasedDeduplication: "true" }, "to-standard");
    await publish(to.topic, "Test");
    const [message] = await receive(to);
    expect(message?.Attributes).not.toHaveProperty("MessageGroupId");
    expect(message?.Body).toContain('"Test"');
  });
});

describe("publishing to a FIFO topic", () => {
  test("needs a group and a deduplication id", async () => {
    const { topic } = await setup("needs");
    await expect(sns.send(new PublishCommand({ TopicArn: topic, Message: "x" }))).rejects.toEqual(
      invalid("The MessageGroupId parameter is required for FIFO topics"),
    );
    const noId = invalid(
      "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    );
    await expect(publish(topic, "x")).rejects.toEqual(noId);
    const batch = (entry: object): Promise<object> =>
      sns.send(
        new PublishBatchCommand({ TopicArn: topic, PublishBatchRequestEntries: [{ Id: "1", Message: "x", ...entry }] }),
      );
    await expect(batch({})).rejects.toEqual(invalid("The MessageGroupId parameter is required for FIFO topics"));
    await expect(batch({ MessageGroupId: "g" })).rejects.toEqual(noId);
  });

  test("twice within five minutes is once, with the same answer", async () => {
    const to = await setup("twice", { ContentBasedDeduplication: "true" });
    const first = await publish(to.topic, "Test");
    const { MessageId, SequenceNumber } = await publish(to.topic, "Test", { MessageGroupId: "another" });
    expect([MessageId, SequenceNumber]).toEqual([first.MessageId, first.SequenceNumber]);
    expect(await texts(to)).toEqual(["Test"]);
    await cloud.clock.advance("5 minutes");
    await publish(to.topic, "Test");
    expect(await texts(to)).toEqual(["Test"]);
  });

  test("deduplicates within a group where the topic's throughput is by group", async () => {
    const to = await setup("by-group", { ContentBasedDeduplication: "true", FifoThroughputScope: "MessageGroup" });
    const first = await publish(to.topic, "Test", { MessageGroupId: "a" });
    const second = await publish(to.topic, "Test", { MessageGroupId: "b" });
    expect(second.MessageId).not.toBe(first.MessageId);
    await sns.send(
      new SetTopicAttributesCommand({
        TopicArn: to.topic,
        AttributeName: "FifoThroughputScope",
        AttributeValue: "Topic",
      }),
    );
  });
});

describe("order", () => {
  test("is that of publishing within a group, batches included", async () => {
    const to = await setup("ordered");
    for (let index = 0; index < 5; index += 1)
      await publish(to.topic, `m${index}`, { MessageDeduplicationId: String(index) });
    const entry = (
      Id: string,
    ): { Id: string; Message: string; MessageGroupId: string; MessageDeduplicationId: string } => ({
      Id,
      Message: `b${Id}`,
      MessageGroupId: "group",
      MessageDeduplicationId: `b${Id}`,
    });
    await sns.send(
      new PublishBatchCommand({ TopicArn: to.topic, PublishBatchRequestEntries: ["1", "2", "3"].map(entry) }),
    );
    expect(await texts(to)).toEqual(["m0", "m1", "m2", "m3", "m4", "b1", "b2", "b3"]);
  });

  test("holds when the first of a group has to be tried again, and other groups go on", async () => {
    const to = await setup("held-up");
    cloud.faults.next("sqs:SendMessage", "ServiceUnavailable", { times: 5 });
    await publish(to.topic, "first", { MessageDeduplicationId: "1" });
    await cloud.settle();
    await publish(to.topic, "second", { MessageDeduplicationId: "2" });
    await publish(to.topic, "elsewhere", { MessageDeduplicationId: "3", MessageGroupId: "other" });
    await cloud.settle();
    await cloud.clock.advance("1 minute");
    const received = (await texts(to)).filter((text) => text !== "elsewhere");
    expect(received).toEqual(["first", "second"]);
  });
});

test("what a FIFO queue does not take goes to a FIFO dead-letter queue with its ids", async () => {
  const to = await setup("to-dead");
  const dead = await createQueue("dead.fifo");
  await sns.send(
    new SetSubscriptionAttributesCommand({
      SubscriptionArn: to.subscription,
      AttributeName: "RedrivePolicy",
      AttributeValue: JSON.stringify({ deadLetterTargetArn: dead.arn }),
    }),
  );
  await sqs.send(new DeleteQueueCommand({ QueueUrl: to.url }));
  await publish(to.topic, "lost", { MessageDeduplicationId: "id-1", MessageGroupId: "complex" });
  const [message] = await receive(dead);
  expect(message?.Attributes).toMatchObject({ MessageGroupId: "complex", MessageDeduplicationId: "id-1" });
});
