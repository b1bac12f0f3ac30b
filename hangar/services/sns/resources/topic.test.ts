// AWS::SNS::Topic, Subscription, TopicPolicy and TopicInlinePolicy, deployed by CloudFormation and seen through SNS's own client.

import {
  CreateTopicCommand,
  GetDataProtectionPolicyCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  SNSClient,
} from "@aws-sdk/client-sns";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let sns: SNSClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "sns.topic" });
  at = stacksOf(cloud);
  sns = new SNSClient(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const topicAttributes = async (TopicArn = ""): Promise<Record<string, string> | undefined> =>
  (await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes;
const subscriptionAttributes = async (SubscriptionArn = ""): Promise<Record<string, string> | undefined> =>
  (await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes;
const endpointsOf = async (TopicArn = ""): Promise<string[]> =>
  ((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions ?? [])
    .map((each) => each.Endpoint ?? "")
    .toSorted();
const queue = (name: string): string => `arn:aws:sqs:us-east-1:${cloud.account}:${name}`;

describe("AWS::SNS::Topic", () => {
  const topic = (Properties: object = {}): Resources => ({ Topic: { Type: "AWS::SNS::Topic", Properties } });

  test("changes in place, and goes back to what it was where the template is silent", async () => {
    const { Topic } = await at.deploy("topics", topic({ DisplayName: "first", SignatureVersion: "2" }));
    expect(Topic).toMatch(new RegExp(`^arn:aws:sns:us-east-1:${cloud.account}:topics-Topic-[A-Za-z0-9]+$`));
    expect(await topicAttributes(Topic)).toMatchObject({ DisplayName: "first", SignatureVersion: "2" });
    const again = await at.deploy("topics", topic({ DisplayName: "second", Tags: [{ Key: "a", Value: "1" }] }));
    expect(again["Topic"]).toBe(Topic);
    expect(await topicAttributes(Topic)).toMatchObject({ DisplayName: "second", SignatureVersion: "1" });
    const { Tags = [] } = await sns.send(new ListTagsForResourceCommand({ ResourceArn: Topic }));
    expect(Tags).toContainEqual({ Key: "a", Value: "1" });
    await at.deploy("topics", topic());
    expect(await topicAttributes(Topic)).toMatchObject({ DisplayName: "" });
  });

  test("is replaced when its name changes", async () => {
    const before = await at.deploy("named", topic({ TopicName: "old-name" }));
    const after = await at.deploy("named", topic({ TopicName: "new-name" }));
    expect([before["Topic"], after["Topic"]].map((arn) => arn?.split(":").at(-1))).toEqual(["old-name", "new-name"]);
    const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
    expect(Topics.map((each) => each.TopicArn)).not.toContain(before["Topic"]);
  });

  test("brings its own subscriptions, and changes them", async () => {
    const listeners = (...names: string[]): object => ({
      Subscription: names.map((name) => ({ Protocol: "sqs", Endpoint: queue(name) })),
    });
    const { Topic } = await at.deploy("listened", topic(listeners("a", "b")));
    expect(await endpointsOf(Topic)).toEqual([queue("a"), queue("b")]);
    await at.deploy("listened", topic(listeners("b", "c")));
    expect(await endpointsOf(Topic)).toEqual([queue("b"), queue("c")]);
  });

  test("may be FIFO, and has its logging and data protection", async () => {
    const role = `arn:aws:iam::${cloud.account}:role/feedback`;
    const DataProtectionPolicy = { Name: "p", Version: "2021-06-01", Statement: [] };
    const { Topic } = await at.deploy(
      "fifo",
      topic({
        FifoTopic: true,
        ContentBasedDeduplication: true,
        DataProtectionPolicy,
        DeliveryStatusLogging: [{ Protocol: "sqs", SuccessFeedbackRoleArn: role, SuccessFeedbackSampleRate: "50" }],
      }),
    );
    expect(Topic).toMatch(/\.fifo$/);
    expect(await topicAttributes(Topic)).toMatchObject({
      FifoTopic: "true",
      ContentBasedDeduplication: "true",
      SQSSuccessFeedbackRoleArn: role,
      SQSSuccessFeedbackSampleRate: "50",
    });
    const { DataProtectionPolicy: kept = "" } = await sns.send(
      new GetDataProtectionPolicyCommand({ ResourceArn: Topic }),
    );
    expect(JSON.parse(kept)).toEqual(DataProtectionPolicy);
  });

  test("with a FIFO name that does not end so fails the stack", async () => {
    expect(await at.failure("misnamed", topic({ FifoTopic: true, TopicName: "plain" }))).toMatch(
      /Invalid parameter: Topic Name/,
    );
  });

  test("with an archive is refused by name", async () => {
    expect(
      await at.failure("archived", topic({ FifoTopic: true, ArchivePolicy: { MessageRetentionPeriod: "30" } })),
    ).toMatch(/ArchivePolicy/);
  });
});

describe("AWS::SNS::Subscription", () => {
  const both = (Properties: object): Resources => ({
    Topic: { Type: "AWS::SNS::Topic" },
    Listener: {
      Type: "AWS::SNS::Subscription",
      Properties: { TopicArn: { Ref: "Topic" }, Protocol: "sqs", Endpoint: queue("listener"), ...Properties },
    },
  });

  test("changes its attributes in place", async () => {
    const { Listener } = await at.deploy(
      "subscribed",
      both({
        RawMessageDelivery: true,
        FilterPolicy: { nested: { key: ["a"] } },
        FilterPolicyScope: "MessageBody",
        RedrivePolicy: { deadLetterTargetArn: queue("dead") },
      }),
    );
    expect(await subscriptionAttributes(Listener)).toMatchObject({
      RawMessageDelivery: "true",
      FilterPolicy: '{"nested":{"key":["a"]}}',
      FilterPolicyScope: "MessageBody",
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queue("dead") }),
    });
    const again = await at.deploy("subscribed", both({ FilterPolicy: { key: ["b"] } }));
    expect(again["Listener"]).toBe(Listener);
    const attributes = await subscriptionAttributes(Listener);
    expect(attributes).toMatchObject({
      RawMessageDelivery: "false",
      FilterPolicy: '{"key":["b"]}',
      FilterPolicyScope: "MessageAttributes",
    });
    expect(attributes).not.toHaveProperty("RedrivePolicy");
    await at.deploy("subscribed", both({}));
    expect(await subscriptionAttributes(Listener)).not.toHaveProperty("FilterPolicy");
  });

  test("is replaced when its endpoint changes", async () => {
    const { Topic } = await at.deploy("moved", both({}));
    await at.deploy("moved", both({ Endpoint: queue("elsewhere") }));
    expect(await endpointsOf(Topic)).toEqual([queue("elsewhere")]);
  });

  test("may listen to a topic of another region", async () => {
    const west = new SNSClient({ ...cloud.clientConfig(), region: "us-west-2" });
    const { TopicArn } = await west.send(new CreateTopicCommand({ Name: "western" }));
    const listener = {
      Listener: {
        Type: "AWS::SNS::Subscription",
        Properties: { TopicArn, Protocol: "sqs", Endpoint: queue("east"), Region: "us-west-2" },
      },
    };
    const { Listener } = await at.deploy("regions", listener);
    expect(Listener).toContain(":us-west-2:");
    await at.destroy("regions");
    expect((await west.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions).toEqual([]);
  });
});

describe("AWS::SNS::TopicPolicy and TopicInlinePolicy", () => {
  const document = (sid: string): object => ({
    Version: "2012-10-17",
    Statement: [
      { Sid: sid, Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sns:Publish", Resource: "*" },
    ],
  });
  const sidOf = async (arn = ""): Promise<unknown> =>
    (JSON.parse((await topicAttributes(arn))?.["Policy"] ?? "") as { Statement: { Sid: string }[] }).Statement[0]?.Sid;

  test("a policy stands on its topics, and leaving gives them the default one back", async () => {
    const topics = { One: { Type: "AWS::SNS::Topic" }, Two: { Type: "AWS::SNS::Topic" } };
    const policy = (sid: string, ...names: string[]): Resources => ({
      ...topics,
      Policy: {
        Type: "AWS::SNS::TopicPolicy",
        Properties: { PolicyDocument: document(sid), Topics: names.map((Ref) => ({ Ref })) },
      },
    });
    const { One, Two } = await at.deploy("policies", policy("a", "One"));
    expect([await sidOf(One), await sidOf(Two)]).toEqual(["a", "__default_statement_ID"]);
    await at.deploy("policies", policy("b", "Two"));
    expect([await sidOf(One), await sidOf(Two)]).toEqual(["__default_statement_ID", "b"]);
    await at.deploy("policies", topics);
    expect(await sidOf(Two)).toBe("__default_statement_ID");
  });

  test("an inline policy is one topic's", async () => {
    const inline = (sid: string): Resources => ({
      Topic: { Type: "AWS::SNS::Topic" },
      Policy: {
        Type: "AWS::SNS::TopicInlinePolicy",
        Properties: { PolicyDocument: document(sid), TopicArn: { Ref: "Topic" } },
      },
    });
    const { Topic } = await at.deploy("inline", inline("a"));
    expect(await sidOf(Topic)).toBe("a");
    await at.deploy("inline", inline("b"));
    expect(await sidOf(Topic)).toBe("b");
    await at.deploy("inline", { Topic: { Type: "AWS::SNS::Topic" } });
    expect(await sidOf(Topic)).toBe("__default_statement_ID");
  });
});
