// Publishing to queues through the SDK clients: envelopes, raw delivery, retries and dead letters.

import { createVerify, X509Certificate } from "node:crypto";
import {
  CreateTopicCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { DeleteQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { createQueue, publish, receive, topicTo } from "./test-publishing.ts";

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

const bodies = async (queue: { readonly url: string }): Promise<Record<string, unknown>[]> =>
  (await receive({ cloud, sqs }, queue)).map((message) => JSON.parse(message.Body ?? "") as Record<string, unknown>);

describe("a message to a queue", () => {
  test("comes in AWS's envelope", async () => {
    const to = await topicTo({ sns, sqs }, "envelope");
    const { MessageId } = await publish(sns, to.topic, 'öß "quoted"', {
      Subject: "subject",
      MessageAttributes: {
        text: { DataType: "String", StringValue: "value" },
        bytes: { DataType: "Binary", BinaryValue: new Uint8Array([2, 3, 4]) },
      },
    });
    const [message] = await receive({ cloud, sqs }, to);
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
    const to = await topicTo({ sns, sqs }, `signed-${version}`);
    await sns.send(
      new SetTopicAttributesCommand({ TopicArn: to.topic, AttributeName: "SignatureVersion", AttributeValue: version }),
    );
    await publish(sns, to.topic, "text", { Subject: "subject" });
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
    const to = await topicTo({ sns, sqs }, "raw", { RawMessageDelivery: "true" });
    await publish(sns, to.topic, "text", {
      MessageAttributes: {
        text: { DataType: "String", StringValue: "value" },
        bytes: { DataType: "Binary", BinaryValue: new Uint8Array([2, 3, 4]) },
      },
    });
    const [message] = await receive({ cloud, sqs }, to);
    expect(message?.Body).toBe("text");
    expect(message?.MessageAttributes).toEqual({
      text: { DataType: "String", StringValue: "value" },
      bytes: { DataType: "Binary", BinaryValue: new Uint8Array([2, 3, 4]) },
    });
  });

  test("goes to those who had subscribed when it was published", async () => {
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "before" }));
    await publish(sns, TopicArn, "before");
    await cloud.settle();
    const to = await topicTo({ sns, sqs }, "before");
    await publish(sns, TopicArn, "after");
    expect((await bodies(to)).map((body) => body["Message"])).toEqual(["after"]);
  });

  test("by TargetArn is the same as by TopicArn", async () => {
    const to = await topicTo({ sns, sqs }, "target");
    await sns.send(new PublishCommand({ TargetArn: to.topic, Message: "hello" }));
    expect((await bodies(to)).map((body) => body["Message"])).toEqual(["hello"]);
  });

  test("carries the group of a standard topic on", async () => {
    const to = await topicTo({ sns, sqs }, "grouped");
    await publish(sns, to.topic, "hello", { MessageGroupId: "my-group-id-1" });
    expect((await receive({ cloud, sqs }, to))[0]?.Attributes).toMatchObject({ MessageGroupId: "my-group-id-1" });
  });
});

test("MessageStructure json gives each protocol its own text", async () => {
  const to = await topicTo({ sns, sqs }, "structured", { RawMessageDelivery: "true" });
  const send = (message: object): Promise<object> =>
    publish(sns, to.topic, JSON.stringify(message), { MessageStructure: "json" });
  await send({ default: "default field", sqs: "for queues" });
  await send({ default: "default field", lambda: "for functions" });
  expect((await receive({ cloud, sqs }, to)).map((message) => message.Body)).toEqual(["for queues", "default field"]);
});

describe("a queue that does not take a message", () => {
  test.each([["true"], ["false"]])(
    "loses it to the dead-letter queue at once when it is gone (raw: %s)",
    async (raw) => {
      const dead = await createQueue(sqs, `dead-${raw}`);
      const to = await topicTo({ sns, sqs }, `leaving-${raw}`, {
        RawMessageDelivery: raw,
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }),
      });
      await sqs.send(new DeleteQueueCommand({ QueueUrl: to.url }));
      await publish(sns, to.topic, "lost", { MessageAttributes: { attr: { DataType: "Number", StringValue: "111" } } });
      const [message] = await receive({ cloud, sqs }, dead);
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
    const dead = await createQueue(sqs, "dead-denied");
    const closed = await createQueue(sqs, "closed", false);
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "denied" }));
    await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: "sqs",
        Endpoint: closed.arn,
        Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }) },
      }),
    );
    await publish(sns, TopicArn, "denied");
    expect(await receive({ cloud, sqs }, closed)).toEqual([]);
    expect((await bodies(dead)).map((body) => body["Message"])).toEqual(["denied"]);
  });

  test("gets it again when the fault is the service's", async () => {
    const to = await topicTo({ sns, sqs }, "flaky", { RawMessageDelivery: "true" });
    cloud.faults.next("sqs:SendMessage", "ServiceUnavailable", { times: 5 });
    await publish(sns, to.topic, "late");
    expect(await receive({ cloud, sqs }, to)).toEqual([]);
    await cloud.clock.advance("1 second");
    expect(await receive({ cloud, sqs }, to)).toEqual([]);
    await cloud.clock.advance("1 second");
    expect((await receive({ cloud, sqs }, to)).map((message) => message.Body)).toEqual(["late"]);
  });
});
