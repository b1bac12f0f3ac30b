// Messages of standard queues through the SDK client: digests, attributes, visibility, delays, batches and purges.

import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { attributesOf, bodies, create, failure, receive, send } from "./test-queues.ts";

let cloud: RunningCloud;
let sqs: SQSClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "sqs" });
  cloud.clock.hold();
  sqs = new SQSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("messages", () => {
  test("a message is received with the digests clients check", async () => {
    const url = await create(sqs, "digests");
    const MessageAttributes = {
      attr1: {
        DataType: "Binary",
        BinaryValue: Buffer.from("traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01"),
      },
    };
    await send(sqs, url, "test", { MessageAttributes });
    const [message] = await receive(sqs, url, { MessageAttributeNames: ["All"], MessageSystemAttributeNames: ["All"] });
    expect(message).toMatchObject({
      Body: "test",
      MD5OfBody: "098f6bcd4621d373cade4e832627b4f6",
      MD5OfMessageAttributes: "8cbe4db156db8a94db8b801b7addb984",
    });
    expect(message?.Attributes).toEqual({
      SenderId: cloud.account,
      SentTimestamp: String(cloud.clock.now()),
      ApproximateFirstReceiveTimestamp: String(cloud.clock.now()),
      ApproximateReceiveCount: "1",
    });
  });

  test("attributes are chosen by name, prefix or all", async () => {
    const url = await create(sqs, "names");
    const text = (StringValue: string): object => ({ DataType: "String", StringValue });
    await send(sqs, url, "msg", {
      MessageAttributes: { General: text("Kenobi"), Hello: text("There"), "Help.Me": text("Me") },
    });
    const names = async (MessageAttributeNames: string[]): Promise<string[]> =>
      Object.keys(
        (await receive(sqs, url, { MessageAttributeNames, VisibilityTimeout: 0 }))[0]?.MessageAttributes ?? {},
      );
    expect([
      await names([]),
      await names(["All"]),
      await names([".*"]),
      await names(["Hel.*"]),
      await names(["Hello"]),
    ]).toEqual([[], ["General", "Hello", "Help.Me"], ["General", "Hello", "Help.Me"], ["Hello", "Help.Me"], ["Hello"]]);
  });

  test.for([
    ["", {}, "The request must contain the parameter MessageBody."],
    [
      "x",
      { MessageAttributes: { ErrorDetails: { DataType: "String", StringValue: "" } } },
      "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'.",
    ],
    [
      "x",
      { MessageGroupId: "group 123" },
      "Value group 123 for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.",
    ],
    [
      "x".repeat(1_048_577),
      {},
      "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.",
    ],
    [
      "\u0000",
      {},
      "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
    ],
  ] as const)("a message may be refused: %#", async ([body, options, message]) => {
    await expect(send(sqs, await create(sqs, "refusing"), body, options)).rejects.toEqual(failure(message));
  });

  test("receives are held to their bounds", async () => {
    const url = await create(sqs, "bounds");
    await expect(receive(sqs, url, { MaxNumberOfMessages: 11 })).rejects.toEqual(
      failure("Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided."),
    );
    await expect(receive(sqs, url, { WaitTimeSeconds: 21 })).rejects.toEqual(
      failure("Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided."),
    );
    await expect(
      sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MessageSystemAttributeNames: ["Nothing" as "All"] })),
    ).rejects.toEqual(failure("Unknown Attribute Nothing."));
  });

  test("a message comes back when its visibility timeout ends", async () => {
    const url = await create(sqs, "visibility");
    await send(sqs, url, "m");
    const [first] = await receive(sqs, url);
    await cloud.clock.advance("29 seconds");
    expect(await receive(sqs, url)).toEqual([]);
    expect(await attributesOf(sqs, url)).toMatchObject({
      ApproximateNumberOfMessages: "0",
      ApproximateNumberOfMessagesNotVisible: "1",
    });
    await cloud.clock.advance("1 second");
    const [second] = await receive(sqs, url, { MessageSystemAttributeNames: ["ApproximateReceiveCount"] });
    expect([second?.MessageId, second?.Attributes]).toEqual([first?.MessageId, { ApproximateReceiveCount: "2" }]);
    // The older receipt deletes nothing, the newer one does.
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }));
    expect(await attributesOf(sqs, url)).toMatchObject({ ApproximateNumberOfMessagesNotVisible: "1" });
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: second?.ReceiptHandle }));
    expect(await attributesOf(sqs, url)).toMatchObject({ ApproximateNumberOfMessagesNotVisible: "0" });
    await expect(sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: "x" }))).rejects.toEqual(
      failure('The input receipt handle "x" is not a valid receipt handle.', "ReceiptHandleIsInvalid"),
    );
  });

  test("visibility is changed one by one and in batches", async () => {
    const QueueUrl = await create(sqs, "changing");
    await send(sqs, QueueUrl, "m");
    const [message] = await receive(sqs, QueueUrl);
    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 60 }),
    );
    await cloud.clock.advance("59 seconds");
    expect(await bodies(sqs, QueueUrl)).toEqual([]);
    const { Successful, Failed } = await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: [
          { Id: "a", ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 },
          { Id: "b", ReceiptHandle: "x", VisibilityTimeout: 0 },
        ],
      }),
    );
    expect([Successful, Failed?.map(({ Id, Code }) => ({ Id, Code }))]).toEqual([
      [{ Id: "a" }],
      [{ Id: "b", Code: "ReceiptHandleIsInvalid" }],
    ]);
    expect(await bodies(sqs, QueueUrl)).toEqual(["m"]);
  });

  test("a delayed message is not there before its time, and gone after the retention period", async () => {
    const url = await create(sqs, "delayed", { MessageRetentionPeriod: "60" });
    await send(sqs, url, "later", { DelaySeconds: 10 });
    expect(await attributesOf(sqs, url)).toMatchObject({ ApproximateNumberOfMessagesDelayed: "1" });
    expect(await bodies(sqs, url)).toEqual([]);
    await cloud.clock.advance("10 seconds");
    expect(await bodies(sqs, url, { VisibilityTimeout: 0 })).toEqual(["later"]);
    await cloud.clock.advance("51 seconds");
    expect(await bodies(sqs, url)).toEqual([]);
  });

  test("a long poll ends when a message arrives", async () => {
    const url = await create(sqs, "polled");
    const polling = bodies(sqs, url, { WaitTimeSeconds: 20 });
    await send(sqs, url, "arrived");
    expect(await polling).toEqual(["arrived"]);
  });

  test("batches are checked as a whole, and their entries one by one", async () => {
    const QueueUrl = await create(sqs, "batches", { MaximumMessageSize: "1024" });
    const batch = (Entries: { Id: string; MessageBody: string }[]): Promise<object> =>
      sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    const entries = Array.from({ length: 20 }, (_, index) => ({ Id: `e${index}`, MessageBody: "x" }));
    await expect(batch(entries)).rejects.toEqual(
      failure("Maximum number of entries per request are 10. You have sent 20.", "TooManyEntriesInBatchRequest"),
    );
    await expect(batch([])).rejects.toEqual(
      failure("There should be at least one SendMessageBatchRequestEntry in the request.", "EmptyBatchRequest"),
    );
    await expect(batch([{ Id: "invalid:id", MessageBody: "x" }])).rejects.toMatchObject({
      name: "InvalidBatchEntryId",
    });
    await expect(
      batch([
        { Id: "a", MessageBody: "x" },
        { Id: "a", MessageBody: "y" },
      ]),
    ).rejects.toEqual(failure("Id a repeated.", "BatchEntryIdsNotDistinct"));
    await expect(batch([{ Id: "a", MessageBody: "x".repeat(1_048_577) }])).rejects.toEqual(
      failure(
        "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.",
        "BatchRequestTooLong",
      ),
    );
    expect(
      await batch([
        { Id: "a", MessageBody: "x".repeat(1025) },
        { Id: "b", MessageBody: "y" },
      ]),
    ).toMatchObject({
      Successful: [{ Id: "b", MD5OfMessageBody: "415290769594460e2e485922904f345d" }],
      Failed: [
        {
          Id: "a",
          SenderFault: true,
          Code: "InvalidParameterValue",
          Message: "One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.",
        },
      ],
    });
    const received = await receive(sqs, QueueUrl);
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: received.map((message, index) => ({ Id: `d${index}`, ReceiptHandle: message.ReceiptHandle })),
      }),
    );
    expect(deleted.Successful).toEqual([{ Id: "d0" }]);
  });

  test("a queue is purged once a minute", async () => {
    const QueueUrl = await create(sqs, "purged");
    await send(sqs, QueueUrl, "x");
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    expect(await bodies(sqs, QueueUrl)).toEqual([]);
    await expect(sqs.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toEqual(
      failure("Only one PurgeQueue operation on purged is allowed every 60 seconds.", "PurgeQueueInProgress"),
    );
    await cloud.clock.advance("1 minute");
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  });
});

test("a fork goes its own way with the messages it found", async () => {
  const url = await create(sqs, "forked");
  await send(sqs, url, "both");
  const fork = cloud.fork();
  const other = new SQSClient({ ...fork.clientConfig(), maxAttempts: 1 });
  await other.send(new PurgeQueueCommand({ QueueUrl: url }));
  expect((await other.send(new ReceiveMessageCommand({ QueueUrl: url }))).Messages).toBeUndefined();
  expect(await bodies(sqs, url)).toEqual(["both"]);
  fork.dispose();
});
