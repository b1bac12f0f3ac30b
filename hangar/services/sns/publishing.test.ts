// Publishing through the SDK clients: messages to queues and functions, batches, attributes, retries and dead letters.

import { createVerify, X509Certificate } from "node:crypto";
import {
  CreateTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  type PublishBatchRequestEntry,
  type PublishCommandInput,
} from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
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
  cloud = await startCloud({ seed: "sns.publishing" });
  cloud.clock.hold();
  sns = new SNSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  sqs = new SQSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const invalid = (message: string): object =>
  expect.objectContaining({ name: "InvalidParameterException", message: `Invalid parameter: ${message}` });
const badValue = (message: string): object =>
  expect.objectContaining({ name: "InvalidParameterValueException", message });

type Listener = { readonly arn: string; readonly url: string };

async function createQueue(QueueName: string, open = true): Promise<Listener> {
  const { QueueUrl: url = "" } = await sqs.send(new CreateQueueCommand({ QueueName }));
  const arn = `arn:aws:sqs:us-east-1:${cloud.account}:${QueueName}`;
  const Statement = {
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: arn,
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  if (open) await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }));
  return { arn, url };
}

async function topicTo(
  name: string,
  Attributes: Record<string, string> = {},
): Promise<Listener & { readonly topic: string; readonly subscription: string }> {
  const { TopicArn: topic = "" } = await sns.send(new CreateTopicCommand({ Name: name }));
  const queue = await createQueue(name);
  const { SubscriptionArn: subscription = "" } = await sns.send(
    new SubscribeCommand({ TopicArn: topic, Protocol: "sqs", Endpoint: queue.arn, Attributes }),
  );
  return { ...queue, topic, subscription };
}

async function receive({ url }: { readonly url: string }): Promise<Message[]> {
  await cloud.settle();
  const asked = {
    QueueUrl: url,
    MaxNumberOfMessages: 10,
    MessageAttributeNames: ["All"],
    AttributeNames: ["All" as const],
  };
  return (await sqs.send(new ReceiveMessageCommand(asked))).Messages ?? [];
}
const bodies = async (queue: { readonly url: string }): Promise<Record<string, unknown>[]> =>
  (await receive(queue)).map((message) => JSON.parse(message.Body ?? "") as Record<string, unknown>);
const publish = (
  TopicArn: string,
  Message: string,
  options: Partial<PublishCommandInput> = {},
): Promise<{ MessageId?: string | undefined }> => sns.send(new PublishCommand({ TopicArn, Message, ...options }));

describe("a message to a queue", () => {
  test("comes in AWS's envelope", async () => {
    const to = await topicTo("envelope");
    const { MessageId } = await publish(to.topic, 'öß "quoted"', {
      Subject: "subject",
      MessageAttributes: {
        text: { DataType: "String", StringValue: "value" },
        bytes: { DataType: "Binary", BinaryValue: new Uint8Array([2, 3, 4]) },
      },
    });
    const [message] = await receive(to);
    const body = JSON.parse(message?.Body ?? "") as Record<string, unknown>;
    expect(body).toEqual({
      Type: "Notification",
      MessageId,
      TopicArn: to.topic,
      Subject: "subject",
      Message: 'öß "quoted"',
      Timestamp: new Date(cloud.clock.now()).toISOString(),
      SignatureVersion: "1",
      Signature: expect.any(String) as string,
      SigningCertURL: expect.stringMatching(/\/SimpleNotificationService-[0-9a-f]{32}\.pem$/) as string,
      UnsubscribeURL: `${cloud.endpoint}/?Action=Unsubscribe&SubscriptionArn=${to.subscription}`,
      MessageAttributes: {
        text: { Type: "String", Value: "value" },
        bytes: { Type: "Binary", Value: "AgME" },
      },
    });
    expect(Object.keys(body).slice(0, 5)).toEqual(["Type", "MessageId", "TopicArn", "Subject", "Message"]);
    expect(message?.Body).toContain('{\n  "Type" : "Notification",\n');
    expect(message?.MessageAttributes).toBeUndefined();
  });

  test.each([
    ["1", "RSA-SHA1"],
    ["2", "RSA-SHA256"],
  ])("is signed in version %s so that the certificate it names verifies it", async (version, algorithm) => {
    const to = await topicTo(`signed-${version}`);
    await sns.send(
      new SetTopicAttributesCommand({ TopicArn: to.topic, AttributeName: "SignatureVersion", AttributeValue: version }),
    );
    await publish(to.topic, "text", { Subject: "subject" });
    const [body = {}] = await bodies(to);
    const signed = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
      .map((name) => `${name}\n${String(body[name])}\n`)
      .join("");
    const pem = await (await fetch(String(body["SigningCertURL"]))).text();
    const { publicKey } = new X509Certificate(pem);
    expect(createVerify(algorithm).update(signed).verify(publicKey, String(body["Signature"]), "base64")).toBe(true);
    expect(createVerify(algorithm).update(`${signed}x`).verify(publicKey, String(body["Signature"]), "base64")).toBe(
      false,
    );
  });

  test("comes as it is, with its attributes, where delivery is raw", async () => {
    const to = await topicTo("raw", { RawMessageDelivery: "true" });
    await publish(to.topic, "text", {
      MessageAttributes: {
        text: { DataType: "String", StringValue: "value" },
        bytes: { DataType: "Binary", BinaryValue: new Uint8Array([2, 3, 4]) },
      },
    });
    const [message] = await receive(to);
    expect(message?.Body).toBe("text");
    expect(message?.MessageAttributes).toEqual({
      text: { DataType: "String", StringValue: "value" },
      bytes: { DataType: "Binary", BinaryValue: new Uint8Array([2, 3, 4]) },
    });
  });

  test("goes to those who had subscribed when it was published", async () => {
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "before" }));
    await publish(TopicArn, "before");
    await cloud.settle();
    const to = await topicTo("before");
    await publish(TopicArn, "after");
    expect((await bodies(to)).map((body) => body["Message"])).toEqual(["after"]);
  });

  test("by TargetArn is the same as by TopicArn", async () => {
    const to = await topicTo("target");
    await sns.send(new PublishCommand({ TargetArn: to.topic, Message: "hello" }));
    expect((await bodies(to)).map((body) => body["Message"])).toEqual(["hello"]);
  });

  test("carries the group of a standard topic on", async () => {
    const to = await topicTo("grouped");
    await publish(to.topic, "hello", { MessageGroupId: "my-group-id-1" });
    expect((await receive(to))[0]?.Attributes).toMatchObject({ MessageGroupId: "my-group-id-1" });
  });
});

describe("Publish refuses", () => {
  test("what is no message, in AWS's words", async () => {
    const { topic } = await topicTo("refused");
    const cases: [string, Partial<PublishCommandInput>, string][] = [
      ["", {}, "Empty message"],
      ["x", { Subject: "" }, "Subject"],
      ["x", { Subject: "s".repeat(101) }, "Subject"],
      ["x", { Subject: "two\nlines" }, "Subject"],
      ["x".repeat(262_145), {}, "Message too long"],
      [
        "x".repeat(262_130),
        { MessageAttributes: { attr: { DataType: "String", StringValue: "0123456789" } } },
        "Message too long",
      ],
      [
        "x",
        { MessageDeduplicationId: "id" },
        "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type",
      ],
      ["{", { MessageStructure: "json" }, "Message Structure - JSON message body failed to parse"],
      ["{}", { MessageStructure: "json" }, "Message Structure - No default entry in JSON message body"],
      ['{"default":{}}', { MessageStructure: "json" }, "Message Structure - No default entry in JSON message body"],
    ];
    for (const [text, options, message] of cases)
      await expect(publish(topic, text, options)).rejects.toEqual(invalid(message));
  });

  test("what names nobody", async () => {
    await expect(sns.send(new PublishCommand({ Message: "x" }))).rejects.toEqual(
      invalid("TopicArn or TargetArn Reason: no value for required parameter"),
    );
    await expect(
      sns.send(
        new PublishCommand({
          Message: "x",
          TargetArn: `arn:aws:sns:us-east-1:${cloud.account}:endpoint/APNS/abcdef/0f7d5971-aa8b-4bd5-b585-0826e9f93a66`,
        }),
      ),
    ).rejects.toEqual(invalid("TargetArn Reason: No endpoint found for the target arn specified"));
  });

  const text = "The message attribute 'attr1'";
  const emptyString = `${text} must contain non-empty message attribute value for message attribute type 'String'.`;
  test.each([
    ["attr1", { DataType: "String", StringValue: "" }, emptyString],
    ["attr1", { DataType: "String" }, emptyString],
    [
      "attr1",
      { DataType: "Binary", BinaryValue: new Uint8Array() },
      `${text} must contain non-empty message attribute value for message attribute type 'Binary'.`,
    ],
    [
      "attr1",
      { DataType: "String", BinaryValue: new Uint8Array([1]) },
      `${text} with type 'String' must use field 'String'.`,
    ],
    [
      "attr1",
      { DataType: "Number", BinaryValue: new Uint8Array([1]) },
      `${text} with type 'Number' must use field 'String'.`,
    ],
    ["attr1", { DataType: "Binary", StringValue: "x" }, `${text} with type 'Binary' must use field 'Binary'.`],
    [
      "attr1",
      { DataType: "InvalidType", StringValue: "x" },
      `${text} has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    ],
    [
      "attr1",
      { DataType: "stringprefixed", StringValue: "x" },
      `${text} has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    ],
    [
      "a".repeat(257),
      { DataType: "String", StringValue: "x" },
      "Length of message attribute name must be less than 256 bytes.",
    ],
    [
      "^*?",
      { DataType: "String", StringValue: "x" },
      "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
    ],
    [
      ".attr",
      { DataType: "String", StringValue: "x" },
      "Invalid message attribute name starting with character '.' was found.",
    ],
    [
      "attr.",
      { DataType: "String", StringValue: "x" },
      "Invalid message attribute name ending with character '.' was found.",
    ],
    [
      "at..tr",
      { DataType: "String", StringValue: "x" },
      "Message attribute name can not have successive '.' character.",
    ],
  ])("attribute %.10s %j", async (name, attribute, message) => {
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "attributes" }));
    const MessageAttributes = { [name]: attribute };
    await expect(publish(TopicArn, "x", { MessageAttributes })).rejects.toEqual(badValue(message));
    await expect(
      sns.send(
        new PublishBatchCommand({
          TopicArn,
          PublishBatchRequestEntries: [{ Id: "1", Message: "x", MessageAttributes }],
        }),
      ),
    ).rejects.toEqual(badValue(message));
  });

  test("attribute types may have more after a dot", async () => {
    const to = await topicTo("typed", { RawMessageDelivery: "true" });
    const attribute = { DataType: "Number.prefixed", StringValue: "12.5" };
    await publish(to.topic, "x", { MessageAttributes: { attribute } });
    expect((await receive(to))[0]?.MessageAttributes).toEqual({ attribute });
  });
});

test("MessageStructure json gives each protocol its own text", async () => {
  const to = await topicTo("structured", { RawMessageDelivery: "true" });
  const send = (message: object): Promise<object> =>
    publish(to.topic, JSON.stringify(message), { MessageStructure: "json" });
  await send({ default: "default field", sqs: "for queues" });
  await send({ default: "default field", lambda: "for functions" });
  expect((await receive(to)).map((message) => message.Body)).toEqual(["for queues", "default field"]);
});

describe("PublishBatch", () => {
  const batch = (TopicArn: string, PublishBatchRequestEntries: PublishBatchRequestEntry[]): Promise<object> =>
    sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));

  test("publishes each of its messages", async () => {
    const to = await topicTo("batch", { RawMessageDelivery: "true" });
    expect(
      await batch(to.topic, [
        { Id: "1", Message: "one", Subject: "Subject" },
        { Id: "2", Message: '{"default":"two"}', MessageStructure: "json" },
      ]),
    ).toMatchObject({
      Successful: [
        { Id: "1", MessageId: expect.any(String) as string },
        { Id: "2", MessageId: expect.any(String) as string },
      ],
      Failed: [],
    });
    expect((await receive(to)).map((message) => message.Body)).toEqual(["one", "two"]);
  });

  test("is held to AWS's rules", async () => {
    const { topic } = await topicTo("batch-rules");
    const long = "a".repeat(81);
    const cases: [PublishBatchRequestEntry[], string, string][] = [
      [[], "EmptyBatchRequestException", "The batch request doesn't contain any entries."],
      [
        Array.from({ length: 11 }, (_, index) => ({ Id: String(index), Message: "x" })),
        "TooManyEntriesInBatchRequestException",
        "The batch request contains more entries than permissible.",
      ],
      [
        [
          { Id: "1", Message: "x" },
          { Id: "1", Message: "y" },
        ],
        "BatchEntryIdsNotDistinctException",
        "Two or more batch entries in the request have the same Id.",
      ],
      [
        [{ Id: "message.id", Message: "x" }],
        "InvalidBatchEntryIdException",
        "The Id of a batch entry in the batch request contains an impermissible character: message.id",
      ],
      [
        [{ Id: long, Message: "x" }],
        "InvalidBatchEntryIdException",
        `The Id of a batch entry in the batch request is too long: ${long}`,
      ],
      [
        [
          { Id: "1", Message: "x".repeat(200_000) },
          { Id: "2", Message: "x".repeat(100_000) },
        ],
        "BatchRequestTooLongException",
        "The length of all the messages put together is more than the limit.",
      ],
      [
        [{ Id: "1", Message: "{}", MessageStructure: "json" }],
        "InvalidParameterException",
        "Invalid parameter: Message Structure - No default entry in JSON message body",
      ],
    ];
    for (const [entries, name, message] of cases)
      await expect(batch(topic, entries)).rejects.toMatchObject({ name, message });
    await expect(batch(`${topic}x`, [{ Id: "1", Message: "x" }])).rejects.toMatchObject({
      message: "Topic does not exist",
    });
  });
});

describe("a queue that does not take a message", () => {
  test.each([["true"], ["false"]])(
    "loses it to the dead-letter queue at once when it is gone (raw: %s)",
    async (raw) => {
      const dead = await createQueue(`dead-${raw}`);
      const to = await topicTo(`leaving-${raw}`, {
        RawMessageDelivery: raw,
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }),
      });
      await sqs.send(new DeleteQueueCommand({ QueueUrl: to.url }));
      await publish(to.topic, "lost", { MessageAttributes: { attr: { DataType: "Number", StringValue: "111" } } });
      const [message] = await receive(dead);
      if (raw === "true") {
        expect(message?.Body).toBe("lost");
        expect(message?.MessageAttributes).toEqual({ attr: { DataType: "Number", StringValue: "111" } });
      } else {
        expect(JSON.parse(message?.Body ?? "")).toMatchObject({
          Message: "lost",
          MessageAttributes: { attr: { Type: "Number", Value: "111" } },
        });
      }
    },
  );

  test("loses it for want of permission too", async () => {
    const dead = await createQueue("dead-denied");
    const closed = await createQueue("closed", false);
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "denied" }));
    await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: "sqs",
        Endpoint: closed.arn,
        Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }) },
      }),
    );
    await publish(TopicArn, "denied");
    expect(await receive(closed)).toEqual([]);
    expect((await bodies(dead)).map((body) => body["Message"])).toEqual(["denied"]);
  });

  test("gets it again when the fault is the service's", async () => {
    const to = await topicTo("flaky", { RawMessageDelivery: "true" });
    cloud.faults.next("sqs:SendMessage", "ServiceUnavailable", { times: 5 });
    await publish(to.topic, "late");
    expect(await receive(to)).toEqual([]);
    await cloud.clock.advance("1 second");
    expect(await receive(to)).toEqual([]);
    await cloud.clock.advance("1 second");
    expect((await receive(to)).map((message) => message.Body)).toEqual(["late"]);
  });
});
