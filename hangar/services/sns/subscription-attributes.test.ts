// A subscription's attributes through the SDK client, with the messages recorded from AWS.

import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
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

describe("SetSubscriptionAttributes", () => {
  test("refuses what AWS refuses, in its words", async () => {
    const arn = await subscribe(topic, "sqs", queue("set"));
    const json =
      "failed to parse JSON. Unexpected character ('i' (code 105)): was expecting double-quote to start field name\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2]";
    const cases: [string, string, string][] = [
      ["FakeAttribute", "x", "AttributeName"],
      ["RawMessageDelivery", "test-ValUe", "RawMessageDelivery: Invalid value [test-ValUe]. Must be true or false."],
      ["RawMessageDelivery", "", "RawMessageDelivery: Invalid value []. Must be true or false."],
      ["RedrivePolicy", '{"deadLetterTargetArn": "fake"}', "RedrivePolicy: deadLetterTargetArn is an invalid arn"],
      ["RedrivePolicy", "{invalid}", `RedrivePolicy: ${json}`],
      ["FilterPolicy", "{invalid}", `FilterPolicy: ${json}`],
      [
        "FilterPolicyScope",
        "RandomValue",
        "FilterPolicyScope: Invalid value [RandomValue]. Please use either MessageBody or MessageAttributes",
      ],
    ];
    for (const [name, value, message] of cases) await expect(set(arn, name, value)).rejects.toEqual(invalid(message));
  });

  test("Subscribe names the attributes before the reason", async () => {
    await expect(subscribe(topic, "sqs", queue("bad"), { RawMessageDelivery: "wrongvalue" })).rejects.toEqual(
      invalid("Attributes Reason: RawMessageDelivery: Invalid value [wrongvalue]. Must be true or false."),
    );
    await expect(subscribe(topic, "sqs", queue("bad"), { FilterPolicy: "invalid" })).rejects.toEqual(
      invalid(
        "Attributes Reason: FilterPolicy: failed to parse JSON. Unrecognized token 'invalid': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 8]",
      ),
    );
  });

  test("a filter's scope shows only where there is a filter", async () => {
    const arn = await subscribe(topic, "sqs", queue("scoped"));
    await expect(set(arn, "FilterPolicy", '{"object":{"key":[{"prefix":"auto-"}]}}')).rejects.toEqual(
      invalid("Filter policy scope MessageAttributes does not support nested filter policy"),
    );
    await set(arn, "FilterPolicyScope", "MessageBody");
    expect(await attributesOf(arn)).not.toHaveProperty("FilterPolicyScope");
    await set(arn, "FilterPolicy", '{"object":{"key":[{"prefix":"auto-"}]}}');
    expect(await attributesOf(arn)).toMatchObject({
      FilterPolicy: '{"object":{"key":[{"prefix":"auto-"}]}}',
      FilterPolicyScope: "MessageBody",
    });
    await set(arn, "FilterPolicy", "{}");
    expect(await attributesOf(arn)).not.toHaveProperty("FilterPolicy");
  });

  test("only HTTP endpoints have delivery policies", async () => {
    const arn = await subscribe(topic, "sqs", queue("policy"));
    await expect(set(arn, "DeliveryPolicy", '{"healthyRetryPolicy":{"numRetries":1}}')).rejects.toThrow(
      /does not support delivery policies/,
    );
  });
});
