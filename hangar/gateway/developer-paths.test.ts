// LocalStack's paths below /_aws/: what they show is what the service has, and what there is none of says so.

import {
  CreatePlatformApplicationCommand,
  CreatePlatformEndpointCommand,
  CreateTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../index.ts";
import { ask } from "./test-cloud.ts";

let cloud: RunningCloud;
beforeEach(async () => {
  cloud = await startCloud();
  return () => cloud.close();
});

async function get(path: string, headers: Record<string, string> = {}): Promise<{ status: number; answer: unknown }> {
  const { status, text } = await ask(cloud, "GET", path, { headers: { accept: "application/json", ...headers } });
  return { status, answer: JSON.parse(text) as unknown };
}

type Listing = { ReceiveMessageResponse: { ReceiveMessageResult: { Message: { Body: string }[] } | null } };
type Seen = { MessageId: string; Body: string; ReceiptHandle: string; Attribute: { Name: string; Value: string }[] };

describe("/_aws/sqs/messages", () => {
  const bodies = async (path: string): Promise<readonly string[]> => {
    const { ReceiveMessageResponse } = (await get(path)).answer as Listing;
    return (ReceiveMessageResponse.ReceiveMessageResult?.Message ?? []).map(({ Body }) => Body);
  };

  test("shows what is in a queue without receiving it: hidden and delayed messages when asked", async () => {
    const sqs = new SQSClient(cloud.clientConfig());
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
    const path = `/_aws/sqs/messages?QueueUrl=${encodeURIComponent(QueueUrl)}`;
    expect((await get(path)).answer).toMatchObject({ ReceiveMessageResponse: { ReceiveMessageResult: null } });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "taken" }));
    await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "late", DelaySeconds: 60 }));
    const attribute = { kind: { DataType: "String", StringValue: "<b>" } };
    const there = await sqs.send(
      new SendMessageCommand({ QueueUrl, MessageBody: "here & now", MessageAttributes: attribute }),
    );
    for (let time = 0; time < 2; time += 1) expect(await bodies(path)).toEqual(["here & now"]);
    expect(await bodies("/_aws/sqs/messages/us-east-1/000000000000/jobs")).toEqual(["here & now"]);
    expect((await bodies(`${path}&ShowInvisible=true`)).toSorted()).toEqual(["here & now", "taken"]);
    expect((await bodies(`${path}&ShowDelayed=1`)).toSorted()).toEqual(["here & now", "late"]);
    const { answer } = await get(`${path}&ShowInvisible=true`);
    const [seen] = (
      answer as { ReceiveMessageResponse: { ReceiveMessageResult: { Message: Seen[] } } }
    ).ReceiveMessageResponse.ReceiveMessageResult.Message.filter(({ Body }) => Body !== "taken");
    expect(seen).toMatchObject({ MessageId: there.MessageId, ReceiptHandle: "SQS/BACKDOOR/ACCESS" });
    expect(seen?.Attribute).toContainEqual({ Name: "ApproximateReceiveCount", Value: "0" });
    expect(seen?.Attribute).toContainEqual({ Name: "IsVisible", Value: "true" });
    const xml = await ask(cloud, "GET", path, {});
    expect(xml.text).toContain("<Body>here &amp; now</Body>");
    expect(xml.text).toContain(
      "<Name>kind</Name><Value><DataType>String</DataType><StringValue>&lt;b&gt;</StringValue>",
    );
    const boto = await ask(cloud, "POST", "/_aws/sqs/messages", {
      headers: { "content-type": "application/x-amz-json-1.0" },
      body: { QueueUrl },
    });
    expect(JSON.parse(boto.text)).toMatchObject({
      Messages: [{ Body: "here & now", MD5OfBody: there.MD5OfMessageBody }],
    });
  });

  test.each(["", "?QueueUrl=http://127.0.0.1:4566/000000000000/none", "/us-east-1/000000000000/none"])(
    "of no queue (%s) is AWS's error",
    async (rest) => {
      const { status, text } = await ask(cloud, "GET", `/_aws/sqs/messages${rest}`);
      expect(status).toBe(400);
      expect(text).toContain("<Code>AWS.SimpleQueueService.NonExistentQueue</Code><Type>Sender</Type>");
    },
  );
});

describe("/_aws/sns", () => {
  test("shows what was sent to phones and apps, by number and endpoint, and subscriptions' tokens", async () => {
    const sns = new SNSClient(cloud.clientConfig());
    const number = "+15551234567";
    const { MessageId } = await sns.send(new PublishCommand({ PhoneNumber: number, Message: "code 1" }));
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "news" }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sms", Endpoint: "+15557654321" }));
    await sns.send(new PublishCommand({ TopicArn, Message: "to all" }));
    await cloud.settle();
    const direct = { PhoneNumber: number, Message: "code 1", MessageId, TopicArn: null };
    expect((await get("/_aws/sns/sms-messages")).answer).toEqual({
      region: "us-east-1",
      sms_messages: { [number]: [direct], "+15557654321": [expect.objectContaining({ Message: "to all", TopicArn })] },
    });
    expect((await get(`/_aws/sns/sms-messages?phoneNumber=${encodeURIComponent(number)}`)).answer).toMatchObject({
      sms_messages: { [number]: [direct] },
    });
    expect((await get("/_aws/sns/sms-messages?region=eu-west-1")).answer).toEqual({
      region: "eu-west-1",
      sms_messages: {},
    });
    const secrets = { PlatformPrincipal: "principal", PlatformCredential: "credential" };
    const { PlatformApplicationArn } = await sns.send(
      new CreatePlatformApplicationCommand({ Name: "app", Platform: "ADM", Attributes: secrets }),
    );
    const { EndpointArn = "" } = await sns.send(
      new CreatePlatformEndpointCommand({ PlatformApplicationArn, Token: "t" }),
    );
    await sns.send(new PublishCommand({ TargetArn: EndpointArn, Message: "pushed" }));
    expect((await get("/_aws/sns/platform-endpoint-messages")).answer).toMatchObject({
      platform_endpoint_messages: { [EndpointArn]: [{ TargetArn: EndpointArn, Message: "pushed" }] },
    });
    const { SubscriptionArn } = await sns.send(
      new SubscribeCommand({ TopicArn, Protocol: "email", Endpoint: "a@example.com", ReturnSubscriptionArn: true }),
    );
    expect(await get(`/_aws/sns/subscription-tokens/${SubscriptionArn}`)).toEqual({
      status: 200,
      answer: { subscription_token: expect.stringMatching(/^[0-9a-f]+$/) as string, subscription_arn: SubscriptionArn },
    });
    const none = "arn:aws:sns:us-east-1:000000000000:none:abc";
    expect(await get(`/_aws/sns/subscription-tokens/${none}`)).toEqual({
      status: 404,
      answer: { error: "The provided SubscriptionARN is not found", subscription_arn: none },
    });
  });
});

test("/_aws/lambda/runtimes lists what functions may be created with", async () => {
  const { answer } = await get("/_aws/lambda/runtimes");
  expect((answer as { Runtimes: string[] }).Runtimes).toEqual(expect.arrayContaining(["nodejs24.x", "python3.14"]));
  expect((answer as { Runtimes: string[] }).Runtimes).not.toContain("nodejs14.x");
});

test.each(["/_aws/ses", "/_aws/sqs/queues", "/_aws/lambda/init", "/_aws/events/rules/x/trigger", "/_aws/nothing"])(
  "%s is refused by name",
  async (path) => {
    expect(await get(path)).toMatchObject({
      status: 501,
      answer: { code: "NotEmulated", message: expect.stringContaining(`GET ${path}`) as string },
    });
  },
);

test("no web page may look", async () => {
  for (const path of ["/_aws/sqs/messages", "/_aws/sns/sms-messages", "/_aws/lambda/runtimes"])
    expect(await get(path, { origin: cloud.endpoint })).toMatchObject({ status: 403 });
});
