// SQS through its SDK client: queues, messages, FIFO order, time, dead letters and permissions.

import {
  AddPermissionCommand,
  CancelMessageMoveTaskCommand,
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  RemovePermissionCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
  UntagQueueCommand,
  type Message,
  type ReceiveMessageCommandInput,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

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

const failure = (message: string, name?: string): object =>
  expect.objectContaining(name === undefined ? { message } : { message, name });

async function create(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  const { QueueUrl = "" } = await sqs.send(
    new CreateQueueCommand({
      QueueName,
      Attributes: QueueName.endsWith(".fifo") ? { FifoQueue: "true", ...Attributes } : Attributes,
    }),
  );
  return QueueUrl;
}

async function receive(QueueUrl: string, options: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> {
  return (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...options }))).Messages ?? [];
}

const bodies = async (url: string, options: Partial<ReceiveMessageCommandInput> = {}): Promise<unknown[]> =>
  (await receive(url, options)).map((message) => message.Body);
const send = (
  QueueUrl: string,
  MessageBody: string,
  options: object = {},
): Promise<{ MessageId?: string | undefined; SequenceNumber?: string | undefined }> =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...options }));
const attributesOf = async (QueueUrl: string, name = "All"): Promise<Record<string, string> | undefined> =>
  (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name as "All"] }))).Attributes;
const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:${cloud.account}:${name}`;

describe("queues", () => {
  test("a new queue has AWS's attributes", async () => {
    const url = await create("attributes");
    expect(url).toBe(`${cloud.endpoint}/${cloud.account}/attributes`);
    const seconds = String(Math.floor(cloud.clock.now() / 1000));
    expect(await attributesOf(url)).toEqual({
      ApproximateNumberOfMessages: "0",
      ApproximateNumberOfMessagesDelayed: "0",
      ApproximateNumberOfMessagesNotVisible: "0",
      CreatedTimestamp: seconds,
      DelaySeconds: "0",
      LastModifiedTimestamp: seconds,
      MaximumMessageSize: "1048576",
      MessageRetentionPeriod: "345600",
      QueueArn: arnOf("attributes"),
      ReceiveMessageWaitTimeSeconds: "0",
      SqsManagedSseEnabled: "true",
      VisibilityTimeout: "30",
    });
  });

  test("creating a queue again finds it, unless an attribute differs", async () => {
    const url = await create("again", { DelaySeconds: "1" });
    expect(await create("again", { DelaySeconds: "1" })).toBe(url);
    expect(await create("again")).toBe(url);
    await expect(create("again", { DelaySeconds: "2" })).rejects.toEqual(
      failure(
        "A queue already exists with the same name and a different value for attribute DelaySeconds",
        "QueueNameExists",
      ),
    );
  });

  test("queues that do not exist are reported", async () => {
    const missing = failure("The specified queue does not exist.", "QueueDoesNotExist");
    await expect(sqs.send(new GetQueueUrlCommand({ QueueName: "nowhere" }))).rejects.toEqual(missing);
    await expect(send(`${cloud.endpoint}/${cloud.account}/nowhere`, "x")).rejects.toEqual(missing);
  });

  test("a standard queue has no FIFO attributes", async () => {
    await expect(create("standard", { FifoQueue: "false" })).rejects.toEqual(
      failure("Unknown Attribute FifoQueue.", "InvalidAttributeName"),
    );
    await expect(create("standard", { ContentBasedDeduplication: "false" })).rejects.toEqual(
      failure("Unknown Attribute ContentBasedDeduplication."),
    );
    await expect(create("standard", { DeduplicationScope: "queue" })).rejects.toEqual(
      failure("You can specify the DeduplicationScope only when FifoQueue is set to true."),
    );
    await expect(create("standard", { VisibilityTimeout: "99999" })).rejects.toEqual(
      failure("Invalid value for the parameter VisibilityTimeout.", "InvalidAttributeValue"),
    );
    const fifo = await create("kinds.fifo");
    await expect(
      sqs.send(new SetQueueAttributesCommand({ QueueUrl: fifo, Attributes: { FifoQueue: "false" } })),
    ).rejects.toEqual(
      failure(
        "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.",
        "InvalidAttributeValue",
      ),
    );
  });

  test("encryption is by one kind of key at a time", async () => {
    const url = await create("encrypted");
    await sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl: url,
        Attributes: { KmsMasterKeyId: "testKeyId", KmsDataKeyReusePeriodSeconds: "6000" },
      }),
    );
    expect(await attributesOf(url)).toMatchObject({
      KmsMasterKeyId: "testKeyId",
      KmsDataKeyReusePeriodSeconds: "6000",
      SqsManagedSseEnabled: "false",
    });
    await expect(
      sqs.send(
        new SetQueueAttributesCommand({
          QueueUrl: url,
          Attributes: { KmsMasterKeyId: "testKeyId", SqsManagedSseEnabled: "true" },
        }),
      ),
    ).rejects.toEqual(
      failure(
        "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
        "InvalidAttributeName",
      ),
    );
  });

  test("queues are listed by prefix, page by page, and deleted", async () => {
    for (const name of ["list-1", "list-2", "list-3"]) await create(name);
    const first = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: "list-", MaxResults: 2 }));
    const second = await sqs.send(
      new ListQueuesCommand({ QueueNamePrefix: "list-", MaxResults: 2, NextToken: first.NextToken }),
    );
    expect([first.QueueUrls, second.QueueUrls, second.NextToken]).toEqual([
      ["list-1", "list-2"].map((name) => `${cloud.endpoint}/${cloud.account}/${name}`),
      [`${cloud.endpoint}/${cloud.account}/list-3`],
      undefined,
    ]);
    await sqs.send(new DeleteQueueCommand({ QueueUrl: second.QueueUrls?.[0] }));
    expect((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: "list-3" }))).QueueUrls).toBeUndefined();
  });

  test("queues are tagged", async () => {
    const QueueUrl = await create("tagged");
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { tag1: "value1", tag2: "value2", tag3: "" } }));
    expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({
      tag1: "value1",
      tag2: "value2",
      tag3: "",
    });
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ["tag1", "tag2", "tag3"] }));
    expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toBeUndefined();
  });

  test("permissions are statements of the queue's policy", async () => {
    const QueueUrl = await create("permitted");
    const permission = {
      QueueUrl,
      Label: "crossaccountpermission",
      AWSAccountIds: ["668614515564", cloud.account],
      Actions: ["ReceiveMessage"],
    };
    await sqs.send(new AddPermissionCommand(permission));
    expect(JSON.parse((await attributesOf(QueueUrl, "Policy"))?.["Policy"] ?? "")).toEqual({
      Version: "2008-10-17",
      Id: `${arnOf("permitted")}/SQSDefaultPolicy`,
      Statement: [
        {
          Sid: "crossaccountpermission",
          Effect: "Allow",
          Principal: { AWS: ["arn:aws:iam::668614515564:root", `arn:aws:iam::${cloud.account}:root`] },
          Action: "SQS:ReceiveMessage",
          Resource: arnOf("permitted"),
        },
      ],
    });
    await expect(sqs.send(new AddPermissionCommand(permission))).rejects.toEqual(
      failure("Value crossaccountpermission for parameter Label is invalid. Reason: Already exists."),
    );
    await sqs.send(new RemovePermissionCommand({ QueueUrl, Label: "crossaccountpermission" }));
    expect(await attributesOf(QueueUrl, "Policy")).toBeUndefined();
    await expect(sqs.send(new RemovePermissionCommand({ QueueUrl, Label: "crossaccountpermission2" }))).rejects.toEqual(
      failure("Value crossaccountpermission2 for parameter Label is invalid. Reason: can't find label."),
    );
  });

  test("a queue's policy decides who of another account may send", async () => {
    const url = await create("shared");
    const other = new SQSClient({
      ...cloud.clientConfig(),
      maxAttempts: 1,
      credentials: { accessKeyId: "222222222222", secretAccessKey: "test" },
    });
    const sending = (): Promise<unknown> => other.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "hello" }));
    await expect(sending()).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    await sqs.send(
      new AddPermissionCommand({
        QueueUrl: url,
        Label: "let",
        AWSAccountIds: ["222222222222"],
        Actions: ["SendMessage"],
      }),
    );
    await sending();
    expect(await bodies(url)).toEqual(["hello"]);
  });
});

describe("messages", () => {
  test("a message is received with the digests clients check", async () => {
    const url = await create("digests");
    const MessageAttributes = {
      attr1: {
        DataType: "Binary",
        BinaryValue: Buffer.from("traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01"),
      },
    };
    await send(url, "test", { MessageAttributes });
    const [message] = await receive(url, { MessageAttributeNames: ["All"], MessageSystemAttributeNames: ["All"] });
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
    const url = await create("names");
    const text = (StringValue: string): object => ({ DataType: "String", StringValue });
    await send(url, "msg", {
      MessageAttributes: { General: text("Kenobi"), Hello: text("There"), "Help.Me": text("Me") },
    });
    const names = async (MessageAttributeNames: string[]): Promise<string[]> =>
      Object.keys((await receive(url, { MessageAttributeNames, VisibilityTimeout: 0 }))[0]?.MessageAttributes ?? {});
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
    await expect(send(await create("refusing"), body, options)).rejects.toEqual(failure(message));
  });

  test("receives are held to their bounds", async () => {
    const url = await create("bounds");
    await expect(receive(url, { MaxNumberOfMessages: 11 })).rejects.toEqual(
      failure("Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided."),
    );
    await expect(receive(url, { WaitTimeSeconds: 21 })).rejects.toEqual(
      failure("Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided."),
    );
    await expect(
      sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MessageSystemAttributeNames: ["Nothing" as "All"] })),
    ).rejects.toEqual(failure("Unknown Attribute Nothing."));
  });

  test("a message comes back when its visibility timeout ends", async () => {
    const url = await create("visibility");
    await send(url, "m");
    const [first] = await receive(url);
    await cloud.clock.advance("29 seconds");
    expect(await receive(url)).toEqual([]);
    expect(await attributesOf(url)).toMatchObject({
      ApproximateNumberOfMessages: "0",
      ApproximateNumberOfMessagesNotVisible: "1",
    });
    await cloud.clock.advance("1 second");
    const [second] = await receive(url, { MessageSystemAttributeNames: ["ApproximateReceiveCount"] });
    expect([second?.MessageId, second?.Attributes]).toEqual([first?.MessageId, { ApproximateReceiveCount: "2" }]);
    // The older receipt deletes nothing, the newer one does.
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }));
    expect(await attributesOf(url)).toMatchObject({ ApproximateNumberOfMessagesNotVisible: "1" });
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: second?.ReceiptHandle }));
    expect(await attributesOf(url)).toMatchObject({ ApproximateNumberOfMessagesNotVisible: "0" });
    await expect(sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: "x" }))).rejects.toEqual(
      failure('The input receipt handle "x" is not a valid receipt handle.', "ReceiptHandleIsInvalid"),
    );
  });

  test("visibility is changed one by one and in batches", async () => {
    const QueueUrl = await create("changing");
    await send(QueueUrl, "m");
    const [message] = await receive(QueueUrl);
    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 60 }),
    );
    await cloud.clock.advance("59 seconds");
    expect(await bodies(QueueUrl)).toEqual([]);
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
    expect(await bodies(QueueUrl)).toEqual(["m"]);
  });

  test("a delayed message is not there before its time, and gone after the retention period", async () => {
    const url = await create("delayed", { MessageRetentionPeriod: "60" });
    await send(url, "later", { DelaySeconds: 10 });
    expect(await attributesOf(url)).toMatchObject({ ApproximateNumberOfMessagesDelayed: "1" });
    expect(await bodies(url)).toEqual([]);
    await cloud.clock.advance("10 seconds");
    expect(await bodies(url, { VisibilityTimeout: 0 })).toEqual(["later"]);
    await cloud.clock.advance("51 seconds");
    expect(await bodies(url)).toEqual([]);
  });

  test("a long poll ends when a message arrives", async () => {
    const url = await create("polled");
    const polling = bodies(url, { WaitTimeSeconds: 20 });
    await send(url, "arrived");
    expect(await polling).toEqual(["arrived"]);
  });

  test("batches are checked as a whole, and their entries one by one", async () => {
    const QueueUrl = await create("batches", { MaximumMessageSize: "1024" });
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
    const received = await receive(QueueUrl);
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: received.map((message, index) => ({ Id: `d${index}`, ReceiptHandle: message.ReceiptHandle })),
      }),
    );
    expect(deleted.Successful).toEqual([{ Id: "d0" }]);
  });

  test("a queue is purged once a minute", async () => {
    const QueueUrl = await create("purged");
    await send(QueueUrl, "x");
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    expect(await bodies(QueueUrl)).toEqual([]);
    await expect(sqs.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toEqual(
      failure("Only one PurgeQueue operation on purged is allowed every 60 seconds.", "PurgeQueueInProgress"),
    );
    await cloud.clock.advance("1 minute");
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  });
});

describe("FIFO queues", () => {
  const fifo = (MessageGroupId: string, MessageDeduplicationId?: string): object => ({
    MessageGroupId,
    ...(MessageDeduplicationId === undefined ? {} : { MessageDeduplicationId }),
  });

  test("group and deduplication id are wanted", async () => {
    const url = await create("wanting.fifo");
    await expect(send(url, "x")).rejects.toEqual(failure("The request must contain the parameter MessageGroupId."));
    await expect(send(url, "x", fifo("g"))).rejects.toEqual(
      failure(
        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
      ),
    );
    await expect(send(url, "x", { ...fifo("g", "1"), DelaySeconds: 2 })).rejects.toEqual(
      failure(
        "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.",
      ),
    );
  });

  test("the same id within five minutes is the same message", async () => {
    const url = await create("same.fifo");
    const first = await send(url, "a", fifo("g", "1"));
    expect(await send(url, "b", fifo("other", "1"))).toMatchObject({
      MessageId: first.MessageId,
      SequenceNumber: first.SequenceNumber,
    });
    expect(await bodies(url)).toEqual(["a"]);
    await cloud.clock.advance("5 minutes");
    await send(url, "b", fifo("other", "1"));
    expect(await bodies(url)).toEqual(["a", "b"]);
  });

  test("deduplication may be by content, and by group", async () => {
    const content = await create("content.fifo", { ContentBasedDeduplication: "true" });
    for (const body of ["a", "a", "b"]) await send(content, body, fifo("g"));
    expect(await bodies(content)).toEqual(["a", "b"]);
    const scoped = await create("scoped.fifo", {
      DeduplicationScope: "messageGroup",
      FifoThroughputLimit: "perMessageGroupId",
    });
    for (const group of ["g1", "g2"]) await send(scoped, group, fifo(group, "1"));
    expect(new Set(await bodies(scoped))).toEqual(new Set(["g1", "g2"]));
  });

  test("a group waits for its message in flight, others do not", async () => {
    const url = await create("order.fifo");
    for (const [group, body] of [
      ["a", "a1"],
      ["a", "a2"],
      ["b", "b1"],
    ] as const)
      await send(url, body, fifo(group, body));
    const [a1] = await receive(url, { MaxNumberOfMessages: 1 });
    expect(a1?.Body).toBe("a1");
    expect(await bodies(url)).toEqual(["b1"]);
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: a1?.ReceiptHandle }));
    expect(await bodies(url)).toEqual(["a2"]);
  });

  test("a group gives its messages up to the first hidden one", async () => {
    const QueueUrl = await create("prefix.fifo");
    for (const body of ["foo", "bar", "baz"]) await send(QueueUrl, body, fifo("g", body));
    const messages = await receive(QueueUrl);
    const show = (index: number): Promise<unknown> =>
      sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl,
          ReceiptHandle: messages[index]?.ReceiptHandle,
          VisibilityTimeout: 0,
        }),
      );
    await show(1);
    expect(await bodies(QueueUrl)).toEqual([]);
    await show(0);
    expect(await bodies(QueueUrl)).toEqual(["foo", "bar"]);
  });

  test("a receipt of a message that is visible again deletes nothing", async () => {
    const QueueUrl = await create("expired.fifo");
    await send(QueueUrl, "x", fifo("g", "1"));
    const [message] = await receive(QueueUrl, { VisibilityTimeout: 1 });
    await cloud.clock.advance("1 second");
    await expect(
      sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle })),
    ).rejects.toEqual(
      failure(
        `Value ${message?.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
      ),
    );
  });
});

describe("dead letters", () => {
  async function pair(name: string): Promise<{ url: string; dead: string }> {
    const dead = await create(`${name}-dead`);
    const url = await create(name, {
      VisibilityTimeout: "0",
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(`${name}-dead`), maxReceiveCount: 1 }),
    });
    return { url, dead };
  }

  test("a message that was received too often goes to the dead-letter queue", async () => {
    const { url, dead } = await pair("failing");
    const { MessageId } = await send(url, "poison");
    expect(await bodies(url)).toEqual(["poison"]);
    expect(await bodies(url)).toEqual([]);
    const [message] = await receive(dead, { MessageSystemAttributeNames: ["All"] });
    expect(message).toMatchObject({
      MessageId,
      Attributes: { ApproximateReceiveCount: "2", DeadLetterQueueSourceArn: arnOf("failing") },
    });
    expect((await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }))).queueUrls).toEqual([url]);
  });

  test("redrive policies are checked", async () => {
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf("nowhere"), maxReceiveCount: 1 });
    await expect(create("checked", { RedrivePolicy })).rejects.toEqual(
      failure(
        `Value ${RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`,
      ),
    );
  });

  test("a move task brings messages back", async () => {
    const { url, dead } = await pair("returning");
    for (const body of ["m1", "m2"]) await send(url, body);
    await receive(url);
    await receive(url);
    const SourceArn = arnOf("returning-dead");
    await expect(sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf("returning") }))).rejects.toEqual(
      failure("Source queue must be configured as a Dead Letter Queue."),
    );
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
    await cloud.settle();
    expect((await sqs.send(new ListMessageMoveTasksCommand({ SourceArn }))).Results).toEqual([
      {
        ApproximateNumberOfMessagesMoved: 2,
        ApproximateNumberOfMessagesToMove: 2,
        SourceArn,
        StartedTimestamp: expect.any(Number),
        Status: "COMPLETED",
      },
    ]);
    expect([await bodies(url), await bodies(dead)]).toEqual([["m1", "m2"], []]);
  });

  test("a move task with a limit takes its time, and may be cancelled", async () => {
    const { url, dead } = await pair("slow");
    const target = await create("slow-target");
    for (let number = 0; number < 5; number += 1) await send(dead, `m${number}`);
    expect(url).toContain("slow");
    const { TaskHandle } = await sqs.send(
      new StartMessageMoveTaskCommand({
        SourceArn: arnOf("slow-dead"),
        DestinationArn: arnOf("slow-target"),
        MaxNumberOfMessagesPerSecond: 1,
      }),
    );
    await cloud.settle();
    await cloud.clock.advance("1 second");
    await expect(sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf("slow-dead") }))).rejects.toEqual(
      failure(
        "There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
      ),
    );
    expect(await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).toMatchObject({
      ApproximateNumberOfMessagesMoved: 2,
    });
    await cloud.clock.advance("10 seconds");
    expect(await bodies(target)).toEqual(["m0", "m1"]);
    await expect(sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle: "foobared" }))).rejects.toEqual(
      failure("Value for parameter TaskHandle is invalid."),
    );
  });
});

test("a fork goes its own way with the messages it found", async () => {
  const url = await create("forked");
  await send(url, "both");
  const fork = cloud.fork();
  const other = new SQSClient({ ...fork.clientConfig(), maxAttempts: 1 });
  await other.send(new PurgeQueueCommand({ QueueUrl: url }));
  expect((await other.send(new ReceiveMessageCommand({ QueueUrl: url }))).Messages).toBeUndefined();
  expect(await bodies(url)).toEqual(["both"]);
  fork.dispose();
});
