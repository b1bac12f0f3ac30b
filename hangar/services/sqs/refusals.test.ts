// What SQS refuses, in the words recorded from AWS.

import {
  AddPermissionCommand,
  CancelMessageMoveTaskCommand,
  CreateQueueCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  RemovePermissionCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
  type SendMessageBatchRequestEntry,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let sqs: SQSClient;
let standard: string;
let fifo: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "sqs.refusals" });
  cloud.clock.hold();
  sqs = new SQSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  standard = await create("standard");
  fifo = await create("ordered.fifo", { FifoQueue: "true" });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const create = async (QueueName: string, Attributes?: Record<string, string>): Promise<string> =>
  (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? "";
const send = (QueueUrl: string, MessageBody: string, rest: object = {}): Promise<object> =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...rest }));
const batch = (QueueUrl: string, Entries: SendMessageBatchRequestEntry[]): Promise<object> =>
  sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
const set = (QueueUrl: string, Attributes: Record<string, string>): Promise<object> =>
  sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));

describe("a message", () => {
  const id = (name: string, value: string): string =>
    `Value ${value} for parameter ${name} is invalid. Reason: ${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`;

  test.each<[() => Promise<object>, string]>([
    [() => send(standard, ""), "The request must contain the parameter MessageBody."],
    [
      () => send(standard, "x".repeat(1_048_577)),
      "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.",
    ],
    [
      () => send(standard, "x", { MessageAttributes: { ErrorDetails: { DataType: "String", StringValue: "" } } }),
      "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'.",
    ],
    [() => send(standard, "x", { MessageGroupId: "" }), id("MessageGroupId", "")],
    [() => send(standard, "x", { MessageGroupId: "a".repeat(129) }), id("MessageGroupId", "a".repeat(129))],
    [() => send(standard, "x", { MessageGroupId: "group 123" }), id("MessageGroupId", "group 123")],
    [
      () => send(fifo, "x", { MessageGroupId: "g", MessageDeduplicationId: "group 123" }),
      id("MessageDeduplicationId", "group 123"),
    ],
    [() => send(fifo, "x"), "The request must contain the parameter MessageGroupId."],
    [
      () => send(fifo, "x", { MessageGroupId: "g" }),
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    ],
    [
      () => send(fifo, "x", { MessageGroupId: "g", MessageDeduplicationId: "d", DelaySeconds: 2 }),
      "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.",
    ],
  ])("%s", async (call, message) => {
    await expect(call()).rejects.toMatchObject({ message });
  });

  test("is measured against the queue's own limit", async () => {
    const QueueUrl = await create("small", { MaximumMessageSize: "1024" });
    await expect(send(QueueUrl, "x".repeat(1025))).rejects.toMatchObject({
      message: "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.",
    });
    expect(await batch(QueueUrl, [{ Id: "1", MessageBody: "x".repeat(1025) }])).toMatchObject({
      Failed: [
        {
          Id: "1",
          SenderFault: true,
          Code: "InvalidParameterValue",
          Message: "One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.",
        },
      ],
    });
  });
});

describe("a batch", () => {
  test.each<[string, () => Promise<object>, string, string]>([
    [
      "too long",
      () =>
        batch(standard, [
          { Id: "1", MessageBody: "x".repeat(524_288) },
          { Id: "2", MessageBody: "x".repeat(524_289) },
        ]),
      "BatchRequestTooLong",
      "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.",
    ],
    [
      "too many",
      () =>
        batch(
          standard,
          Array.from({ length: 20 }, (_, index) => ({ Id: String(index), MessageBody: "x" })),
        ),
      "TooManyEntriesInBatchRequest",
      "Maximum number of entries per request are 10. You have sent 20.",
    ],
    [
      "an odd id",
      () => batch(standard, [{ Id: "a b", MessageBody: "x" }]),
      "InvalidBatchEntryId",
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
    ],
    [
      "no group",
      () => batch(fifo, [{ Id: "1", MessageBody: "x" }]),
      "InvalidParameterValue",
      "The request must contain the parameter MessageGroupId.",
    ],
    [
      "no deduplication id",
      () => batch(fifo, [{ Id: "1", MessageBody: "x", MessageGroupId: "g" }]),
      "InvalidParameterValue",
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    ],
  ])("with %s", async (_name, call, name, message) => {
    await expect(call()).rejects.toMatchObject({ name: expect.stringContaining(name) as string, message });
  });
});

describe("a queue", () => {
  test.each<[string, () => Promise<unknown>, string]>([
    [
      "made again otherwise",
      async () => {
        await create("differs", { DelaySeconds: "1" });
        await create("differs", { DelaySeconds: "2" });
      },
      "A queue already exists with the same name and a different value for attribute DelaySeconds",
    ],
    [
      "with attributes of FIFO queues",
      () => create("plain", { ContentBasedDeduplication: "true" }),
      "Unknown Attribute ContentBasedDeduplication.",
    ],
    [
      "with a deduplication scope",
      () => create("plain", { DeduplicationScope: "queue" }),
      "You can specify the DeduplicationScope only when FifoQueue is set to true.",
    ],
    [
      "with a throughput limit",
      () => create("plain", { FifoThroughputLimit: "perQueue" }),
      "You can specify the FifoThroughputLimit only when FifoQueue is set to true.",
    ],
    ["made FIFO later", () => set(standard, { FifoQueue: "true" }), "Unknown Attribute FifoQueue."],
    [
      "made standard later",
      () => set(fifo, { FifoQueue: "false" }),
      "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.",
    ],
    [
      "that is not there",
      () => sqs.send(new GetQueueUrlCommand({ QueueName: "nowhere" })),
      "The specified queue does not exist.",
    ],
    [
      "purged twice",
      async () => {
        const QueueUrl = await create("purged");
        await sqs.send(new PurgeQueueCommand({ QueueUrl }));
        await sqs.send(new PurgeQueueCommand({ QueueUrl }));
      },
      "Only one PurgeQueue operation on purged is allowed every 60 seconds.",
    ],
  ])("%s", async (_name, call, message) => {
    await expect(call()).rejects.toMatchObject({ message });
  });

  test.each([
    [
      { MaxNumberOfMessages: 11 },
      "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.",
    ],
    [
      { WaitTimeSeconds: 21 },
      "Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.",
    ],
    [
      { WaitTimeSeconds: -1 },
      "Value -1 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.",
    ],
  ])("gives no messages for %j", async (asked, message) => {
    await expect(sqs.send(new ReceiveMessageCommand({ QueueUrl: standard, ...asked }))).rejects.toMatchObject({
      message,
    });
  });

  test("has a permission's label once, and takes away only those it has", async () => {
    const permission = { QueueUrl: standard, AWSAccountIds: ["111111111111"], Actions: ["SendMessage"] };
    await sqs.send(new AddPermissionCommand({ ...permission, Label: "label" }));
    await expect(sqs.send(new AddPermissionCommand({ ...permission, Label: "label" }))).rejects.toMatchObject({
      message: "Value label for parameter Label is invalid. Reason: Already exists.",
    });
    await expect(sqs.send(new RemovePermissionCommand({ QueueUrl: standard, Label: "other" }))).rejects.toMatchObject({
      message: "Value other for parameter Label is invalid. Reason: can't find label.",
    });
  });
});

describe("a move task", () => {
  const arn = (name: string): string => `arn:aws:sqs:us-east-1:${cloud.account}:${name}`;
  const start = (SourceArn: string, DestinationArn?: string): Promise<object> =>
    sqs.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn }));
  const handle = (sourceArn: string): string =>
    Buffer.from(JSON.stringify({ taskId: "90ff7fd7-7a44-4a3c-8c9d-1c8d5b8f6b7a", sourceArn })).toString("base64");
  const cancel = (TaskHandle: string): Promise<object> => sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));

  test("needs a dead-letter queue and places that are there", async () => {
    await expect(start(arn("standard"))).rejects.toMatchObject({
      message: "Source queue must be configured as a Dead Letter Queue.",
    });
    await create("letters");
    await create("source", {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn("letters"), maxReceiveCount: 1 }),
    });
    await expect(start(arn("letters"), arn("nowhere"))).rejects.toMatchObject({
      message: "The resource that you specified for the DestinationArn parameter doesn't exist.",
    });
  });

  test("is cancelled by its own handle", async () => {
    await expect(cancel("nonsense")).rejects.toMatchObject({ message: "Value for parameter TaskHandle is invalid." });
    await expect(cancel(handle(arn("nowhere")))).rejects.toMatchObject({
      message: "The resource that you specified for the SourceArn parameter doesn't exist.",
    });
    await expect(cancel(handle(arn("standard")))).rejects.toMatchObject({ message: "Task does not exist." });
  });
});
