// What Publish refuses, through the SDK client, in the words recorded from AWS.

import {
  CreateTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
  type PublishCommandInput,
} from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { publish, receive, topicTo } from "./test-publishing.ts";

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

describe("Publish refuses", () => {
  test("what is no message, in AWS's words", async () => {
    const { topic } = await topicTo({ sns, sqs }, "refused");
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
      await expect(publish(sns, topic, text, options)).rejects.toEqual(invalid(message));
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
    await expect(publish(sns, TopicArn, "x", { MessageAttributes })).rejects.toEqual(badValue(message));
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
    const to = await topicTo({ sns, sqs }, "typed", { RawMessageDelivery: "true" });
    const attribute = { DataType: "Number.prefixed", StringValue: "12.5" };
    await publish(sns, to.topic, "x", { MessageAttributes: { attribute } });
    expect((await receive({ cloud, sqs }, to))[0]?.MessageAttributes).toEqual({ attribute });
  });
});
