// Subscriptions through the SDK client: protocols, mail, confirmation and lists, with the messages recorded from AWS.

import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let sns: SNSClient;
let topic: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "sns.subscriptions" });
  sns = new SNSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  topic = await create("subscribed");
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const invalid = (message: string): object =>
  expect.objectContaining({ name: "InvalidParameterException", message: `Invalid parameter: ${message}` });
const gone = expect.objectContaining({ name: "NotFoundException", message: "Subscription does not exist" });

async function create(Name: string): Promise<string> {
  const Attributes = Name.endsWith(".fifo") ? { FifoTopic: "true" } : undefined;
  return (await sns.send(new CreateTopicCommand({ Name, Attributes }))).TopicArn ?? "";
}
async function subscribe(
  TopicArn: string,
  Protocol: string,
  Endpoint?: string,
  Attributes?: Record<string, string>,
): Promise<string> {
  return (await sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint, Attributes }))).SubscriptionArn ?? "";
}
const queue = (name: string): string => `arn:aws:sqs:us-east-1:${cloud.account}:${name}`;
const attributesOf = async (SubscriptionArn: string): Promise<Record<string, string> | undefined> =>
  (await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes;
const set = (SubscriptionArn: string, AttributeName: string, AttributeValue?: string): Promise<object> =>
  sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));

describe("Subscribe", () => {
  test("a queue of the account is subscribed at once, whether it is there or not", async () => {
    const arn = await subscribe(topic, "sqs", queue("unknown"));
    expect(arn).toMatch(new RegExp(`^${topic}:[0-9a-f-]{36}$`));
    expect(await attributesOf(arn)).toEqual({
      ConfirmationWasAuthenticated: "true",
      Endpoint: queue("unknown"),
      Owner: cloud.account,
      PendingConfirmation: "false",
      Protocol: "sqs",
      RawMessageDelivery: "false",
      SubscriptionArn: arn,
      SubscriptionPrincipal: `arn:aws:iam::${cloud.account}:root`,
      TopicArn: topic,
    });
  });

  test("the same endpoint is subscribed once; other attributes are an error", async () => {
    const raw = { RawMessageDelivery: "true" };
    const arn = await subscribe(topic, "sqs", queue("twice"), raw);
    expect(await subscribe(topic, "sqs", queue("twice"), raw)).toBe(arn);
    expect(await subscribe(topic, "sqs", queue("twice"))).toBe(arn);
    await expect(subscribe(topic, "sqs", queue("twice"), { RawMessageDelivery: "false" })).rejects.toEqual(
      invalid("Attributes Reason: Subscription already exists with different attributes"),
    );
  });

  test.each([
    ["test-protocol", "x", "Amazon SNS does not support this protocol string: test-protocol"],
    ["sqs", "http://localhost:4566/000000000000/queue", "SQS endpoint ARN"],
    ["sqs", "arn:aws:lambda:us-east-1:000000000000:function:f", "SQS endpoint ARN"],
    ["lambda", "nonsense", "Lambda endpoint ARN"],
    ["http", "https://example.com", "Endpoint must match the specified protocol"],
    ["email", "nobody", "Email address"],
    ["sqs", undefined, "Endpoint Reason: no value for required parameter"],
    [
      "sqs",
      "arn:aws:sqs:us-east-1:000000000000:q.fifo",
      "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics",
    ],
  ])("%s cannot be %s", async (protocol, endpoint, message) => {
    await expect(subscribe(topic, protocol, endpoint)).rejects.toEqual(invalid(message));
  });

  test.each(["invalid-number", "+15--551234567", "NAA+15551234567", "+15551234567.", "/+15551234567"])(
    "a phone cannot be %s",
    async (number) => {
      await expect(subscribe(topic, "sms", number)).rejects.toMatchObject({
        message: `Invalid SMS endpoint: ${number}`,
      });
    },
  );

  test.each(["+15551234567", "+15/551-2345".replace("/", "-"), "+123123123"])("a phone may be %s", async (number) => {
    expect(await subscribe(topic, "sms", number)).toContain(`${topic}:`);
  });

  test("a topic must be there", async () => {
    await expect(subscribe("randomstring", "sqs", queue("q"))).rejects.toEqual(
      invalid("TopicArn Reason: An ARN must have at least 6 elements, not 1"),
    );
    await expect(subscribe(`${topic}x`, "sqs", queue("q"))).rejects.toMatchObject({ message: "Topic does not exist" });
  });

  test("a FIFO topic takes queues of both kinds, and nothing else", async () => {
    const fifo = await create("subscribed.fifo");
    expect(await subscribe(fifo, "sqs", queue("plain"))).toContain(fifo);
    expect(await subscribe(fifo, "sqs", queue("ordered.fifo"))).toContain(fifo);
    await expect(subscribe(fifo, "email", "a@example.com")).rejects.toThrow(/Invalid protocol type: email/);
    await expect(
      subscribe(fifo, "sqs", queue("dead"), {
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queue("dlq") }),
      }),
    ).rejects.toThrow(/must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic/);
  });

  test("Firehose is refused by name", async () => {
    await expect(
      subscribe(topic, "firehose", "arn:aws:firehose:us-east-1:000000000000:deliverystream/s", {
        SubscriptionRoleArn: "arn:aws:iam::000000000000:role/r",
      }),
    ).rejects.toThrow(/does not emulate SNS deliveries to Firehose/);
  });
});

describe("mail", () => {
  test("stays pending: nobody here reads it", async () => {
    const own = await create("mail");
    expect(await subscribe(own, "email", "someone@example.com")).toBe("pending confirmation");
    const { SubscriptionArn = "" } = await sns.send(
      new SubscribeCommand({
        TopicArn: own,
        Protocol: "email-json",
        Endpoint: "other@example.com",
        ReturnSubscriptionArn: true,
      }),
    );
    expect(await attributesOf(SubscriptionArn)).toMatchObject({
      PendingConfirmation: "true",
      ConfirmationWasAuthenticated: "false",
    });
    const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: own }));
    expect(Subscriptions?.map((each) => each.SubscriptionArn)).toEqual(["PendingConfirmation", "PendingConfirmation"]);
    expect((await sns.send(new GetTopicAttributesCommand({ TopicArn: own }))).Attributes).toMatchObject({
      SubscriptionsPending: "2",
      SubscriptionsConfirmed: "0",
    });
  });

  test("the trace has what the mailbox would have got, and its token confirms", async () => {
    const own = await create("mail-confirmed");
    await subscribe(own, "email", "reader@example.com");
    await cloud.settle();
    const span = cloud.trace.spans().findLast((each) => each.name.endsWith("email:reader@example.com"));
    const mail = JSON.parse(String(span?.attributes["message"])) as { Type: string; Token: string };
    expect(mail.Type).toBe("SubscriptionConfirmation");
    const { SubscriptionArn = "" } = await sns.send(
      new ConfirmSubscriptionCommand({ TopicArn: own, Token: mail.Token, AuthenticateOnUnsubscribe: "true" }),
    );
    expect(await attributesOf(SubscriptionArn)).toMatchObject({
      PendingConfirmation: "false",
      ConfirmationWasAuthenticated: "true",
    });
  });
});

describe("ConfirmSubscription", () => {
  const confirm = (TopicArn: string, Token: string): Promise<object> =>
    sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));

  test("a token must be one, and of that topic", async () => {
    await expect(confirm(`${topic}x`, "randomtoken")).rejects.toEqual(invalid("Token"));
    await expect(confirm(topic, "randomtoken")).rejects.toMatchObject({ message: "Invalid token" });
    await expect(confirm(topic, "51b2ff3e".repeat(36))).rejects.toEqual(invalid("Token"));
    await expect(confirm(topic.replace("us-east-1", "eu-west-1"), "51b2ff3e".repeat(36))).rejects.toEqual(
      invalid("Topic"),
    );
  });

  test("another account's queue is asked by a message", async () => {
    const sqs = new SQSClient({
      ...cloud.clientConfig(),
      credentials: { accessKeyId: "222222222222", secretAccessKey: "x" },
    });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "abroad" }));
    const arn = "arn:aws:sqs:us-east-1:222222222222:abroad";
    const Statement = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: arn };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    expect(await subscribe(topic, "sqs", arn)).toBe("pending confirmation");
    await cloud.settle();
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    const { Type, Token } = JSON.parse(Messages[0]?.Body ?? "") as { Type: string; Token: string };
    expect(Type).toBe("SubscriptionConfirmation");
    expect(await confirm(topic, Token)).toHaveProperty("SubscriptionArn");
  });
});

describe("Unsubscribe", () => {
  test("ends a subscription; doing it again is no error", async () => {
    const own = await create("left");
    const SubscriptionArn = await subscribe(own, "sqs", queue("left"));
    await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    await expect(attributesOf(SubscriptionArn)).rejects.toEqual(gone);
    await expect(set(SubscriptionArn, "RawMessageDelivery", "true")).rejects.toEqual(gone);
    expect((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: own }))).Subscriptions).toEqual([]);
    expect((await sns.send(new GetTopicAttributesCommand({ TopicArn: own }))).Attributes).toMatchObject({
      SubscriptionsDeleted: "1",
    });
  });

  test.each([
    ["randomstring", "SubscriptionArn Reason: An ARN must have at least 6 elements, not 1"],
    ["arn:aws:sns:us-east-1:000000000000", "SubscriptionArn Reason: An ARN must have at least 6 elements, not 5"],
    ["arn:aws:sns:us-east-1:000000000000:topic", "SubscriptionId"],
    ["", "SubscriptionArn Reason: no value for required parameter"],
  ])("%j is no subscription", async (SubscriptionArn, message) => {
    await expect(sns.send(new UnsubscribeCommand({ SubscriptionArn }))).rejects.toEqual(invalid(message));
  });

  test("deleting a topic ends its subscriptions", async () => {
    const own = await create("deleted");
    const arn = await subscribe(own, "sqs", queue("deleted"));
    await sns.send(new DeleteTopicCommand({ TopicArn: own }));
    await expect(attributesOf(arn)).rejects.toEqual(gone);
    await create("deleted");
    expect((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: own }))).Subscriptions).toEqual([]);
  });
});

test("lists give a hundred at a time", async () => {
  const own = await create("many");
  for (let index = 0; index < 101; index += 1) await subscribe(own, "sms", `+1555${1_000_000 + index}`);
  const first = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: own }));
  expect(first.Subscriptions).toHaveLength(100);
  const rest = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: own, NextToken: first.NextToken }));
  expect([rest.Subscriptions?.length, rest.NextToken]).toEqual([1, undefined]);
  expect((await sns.send(new ListSubscriptionsCommand({}))).Subscriptions).toHaveLength(100);
});
