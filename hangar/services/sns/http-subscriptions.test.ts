// HTTP subscribers: a real server is asked to confirm, gets messages, and is tried again when it fails.

import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

type Received = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };

let cloud: RunningCloud;
let sns: SNSClient;
let server: Server;
let origin: string;
let received: Received[] = [];
/** Statuses of the next answers; 200 when there are none left. */
let answers: number[] = [];

beforeAll(async () => {
  cloud = await startCloud({ seed: "sns.http" });
  cloud.clock.hold();
  sns = new SNSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      });
      response.writeHead(answers.shift() ?? 200).end("ok");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
  received = [];
  answers = [];
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
  server.closeAllConnections();
  server.close();
});

type Notice = Readonly<Record<string, string>>;
const bodyOf = (at: number): Notice => JSON.parse(received.at(at)?.body ?? "{}") as Notice;

async function subscribe(
  name: string,
  Attributes: Record<string, string> = {},
): Promise<{ topic: string; arn: string }> {
  const { TopicArn: topic = "" } = await sns.send(new CreateTopicCommand({ Name: name }));
  const { SubscriptionArn: arn = "" } = await sns.send(
    new SubscribeCommand({
      TopicArn: topic,
      Protocol: "http",
      Endpoint: `${origin}/${name}`,
      Attributes,
      ReturnSubscriptionArn: true,
    }),
  );
  await cloud.settle();
  return { topic, arn };
}

async function confirmed(
  name: string,
  Attributes: Record<string, string> = {},
): Promise<{ topic: string; arn: string }> {
  const made = await subscribe(name, Attributes);
  await fetch(bodyOf(-1)["SubscribeURL"] ?? "");
  received = [];
  return made;
}

const publish = async (TopicArn: string, Message: string): Promise<void> => {
  await sns.send(new PublishCommand({ TopicArn, Message }));
  await cloud.settle();
};

test("the trace has no password of an endpoint", async () => {
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "guarded" }));
  const Endpoint = `${origin.replace("://", "://amy:s3cret@")}/guarded`;
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "http", Endpoint }));
  await cloud.settle();
  expect(received.at(-1)?.headers.authorization).toBe(`Basic ${btoa("amy:s3cret")}`);
  const told = JSON.stringify(cloud.trace.spans());
  expect(told).toContain("amy:(secret)@127.0.0.1");
  expect(told).not.toContain("s3cret");
});

describe("confirmation", () => {
  test("an endpoint is asked, and its visit to the URL confirms", async () => {
    const { topic, arn } = await subscribe("asked");
    const [asked] = received;
    expect(asked?.headers).toMatchObject({
      "content-type": "text/plain; charset=UTF-8",
      "user-agent": "Amazon Simple Notification Service Agent",
      "x-amz-sns-message-type": "SubscriptionConfirmation",
      "x-amz-sns-topic-arn": topic,
    });
    const notice = bodyOf(0);
    expect(notice).toEqual({
      Type: "SubscriptionConfirmation",
      MessageId: asked?.headers["x-amz-sns-message-id"],
      Token: expect.stringMatching(/^[0-9a-f]{288}$/) as string,
      TopicArn: topic,
      Message: `You have chosen to subscribe to the topic ${topic}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
      SubscribeURL: `${cloud.endpoint}/?Action=ConfirmSubscription&TopicArn=${topic}&Token=${notice["Token"] ?? ""}`,
      Timestamp: expect.any(String) as string,
      SignatureVersion: "1",
      Signature: expect.any(String) as string,
      SigningCertURL: expect.any(String) as string,
    });
    await publish(topic, "too early");
    expect(received).toHaveLength(1);
    const answer = await fetch(notice["SubscribeURL"] ?? "");
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(`<SubscriptionArn>${arn}</SubscriptionArn>`);
    const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
    expect(Attributes).toMatchObject({ PendingConfirmation: "false", ConfirmationWasAuthenticated: "false" });
  });

  test("a broken link confirms nothing", async () => {
    await subscribe("broken");
    const url = bodyOf(0)["SubscribeURL"] ?? "";
    const answer = await fetch(url.replace(/Token=.*/, "Token=51b2ff3e"));
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining("<Code>InvalidParameter</Code>") as string,
    ]);
  });

  test("without ReturnSubscriptionArn the answer says only that it is pending", async () => {
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "pending" }));
    const { SubscriptionArn } = await sns.send(
      new SubscribeCommand({ TopicArn, Protocol: "http", Endpoint: `${origin}/pending` }),
    );
    expect(SubscriptionArn).toBe("pending confirmation");
  });
});

describe("messages", () => {
  test("come in the envelope, with headers that say what they are", async () => {
    const { topic, arn } = await confirmed("enveloped");
    await publish(topic, "hello");
    expect(received[0]?.headers).toMatchObject({
      "x-amz-sns-message-type": "Notification",
      "x-amz-sns-topic-arn": topic,
      "x-amz-sns-subscription-arn": arn,
    });
    expect(bodyOf(0)).toMatchObject({ Type: "Notification", Message: "hello", TopicArn: topic });
  });

  test("come as they are where delivery is raw, under the content type that the policy asks for", async () => {
    const { topic } = await confirmed("raw", {
      RawMessageDelivery: "true",
      DeliveryPolicy: '{"requestPolicy":{"headerContentType":"text/csv"}}',
    });
    await publish(topic, "a,b");
    expect(received[0]).toMatchObject({
      body: "a,b",
      headers: { "content-type": "text/csv", "x-amz-sns-rawdelivery": "true" },
    });
  });

  test("the unsubscribe link ends the subscription, and the endpoint is told", async () => {
    const { topic } = await confirmed("linked");
    await publish(topic, "hello");
    expect((await fetch(bodyOf(0)["UnsubscribeURL"] ?? "")).status).toBe(200);
    await cloud.settle();
    expect(bodyOf(-1)["Type"]).toBe("UnsubscribeConfirmation");
    received = [];
    await publish(topic, "hello again");
    expect(received).toEqual([]);
  });

  test("Unsubscribe tells the endpoint too", async () => {
    const { arn } = await confirmed("told");
    await sns.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
    await cloud.settle();
    expect(received[0]?.headers["x-amz-sns-message-type"]).toBe("UnsubscribeConfirmation");
  });
});

describe("an endpoint that fails", () => {
  test("is tried three times more, twenty seconds apart", async () => {
    const { topic } = await confirmed("failing");
    answers = [500, 500, 503, 500, 500];
    await publish(topic, "hello");
    const counts = [received.length];
    for (let step = 0; step < 5; step += 1) {
      await cloud.clock.advance("20 seconds");
      counts.push(received.length);
    }
    expect(counts).toEqual([1, 2, 3, 4, 4, 4]);
  });

  test("is tried as its own policy says", async () => {
    const { topic } = await confirmed("patient", {
      DeliveryPolicy: JSON.stringify({
        healthyRetryPolicy: { minDelayTarget: 1, maxDelayTarget: 1, numRetries: 2, numNoDelayRetries: 1 },
      }),
    });
    answers = [500, 429, 200];
    await publish(topic, "hello");
    expect(received).toHaveLength(2);
    await cloud.clock.advance("1 second");
    expect(received).toHaveLength(3);
    await cloud.clock.advance("1 hour");
    expect(received).toHaveLength(3);
  });

  test("with a client error is not tried again: the message goes to the dead-letter queue", async () => {
    const sqs = new SQSClient(cloud.clientConfig());
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "dead" }));
    const arn = `arn:aws:sqs:us-east-1:${cloud.account}:dead`;
    const Statement = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: arn };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    const { topic } = await confirmed("refusing", { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn }) });
    answers = [403];
    await publish(topic, "unwanted");
    await cloud.clock.advance("1 hour");
    expect(received).toHaveLength(1);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages.map((message) => (JSON.parse(message.Body ?? "") as Notice)["Message"])).toEqual(["unwanted"]);
  });
});

test("an API's URL on AWS's host leads here", async () => {
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "to-api" }));
  const Endpoint = "https://abcdef1234.execute-api.us-east-1.amazonaws.com/prod/hook";
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "https", Endpoint }));
  await cloud.settle();
  const doors = cloud.trace.spans().filter((span) => span.kind === "http" && span.name.includes("abcdef1234"));
  expect(doors.map((span) => span.name)).toEqual([expect.stringMatching(/^POST 127\.0\.0\.1/) as string]);
});
