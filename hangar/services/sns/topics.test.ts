// Topics through the SDK client: their names, and what is said of those that are not there, as recorded from AWS.

import {
  CreateTopicCommand,
  DeleteTopicCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishCommand,
  SNSClient,
  TagResourceCommand,
} from "@aws-sdk/client-sns";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { EFFECTIVE, attributesOf, create, gone, invalid, set } from "./test-topics.ts";

let cloud: RunningCloud;
let sns: SNSClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "sns.topics" });
  sns = new SNSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("CreateTopic", () => {
  test("a new topic has AWS's attributes", async () => {
    const arn = await create(sns, "plain");
    expect(arn).toBe(`arn:aws:sns:us-east-1:${cloud.account}:plain`);
    const { Policy, EffectiveDeliveryPolicy, ...rest } = await attributesOf(sns, arn);
    expect(rest).toEqual({
      DisplayName: "",
      Owner: cloud.account,
      SubscriptionsConfirmed: "0",
      SubscriptionsDeleted: "0",
      SubscriptionsPending: "0",
      TopicArn: arn,
    });
    expect(JSON.parse(EffectiveDeliveryPolicy ?? "")).toEqual(EFFECTIVE);
    expect(JSON.parse(Policy ?? "")).toEqual({
      Version: "2008-10-17",
      Id: "__default_policy_ID",
      Statement: [
        {
          Sid: "__default_statement_ID",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: [
            "SNS:GetTopicAttributes",
            "SNS:SetTopicAttributes",
            "SNS:AddPermission",
            "SNS:RemovePermission",
            "SNS:DeleteTopic",
            "SNS:Subscribe",
            "SNS:ListSubscriptionsByTopic",
            "SNS:Publish",
          ],
          Resource: arn,
          Condition: { StringEquals: { "AWS:SourceOwner": cloud.account } },
        },
      ],
    });
  });

  test("a FIFO topic says so, and whether it deduplicates by content", async () => {
    const arn = await create(sns, "ordered.fifo", { DisplayName: "TestTopic", SignatureVersion: "2" });
    expect(await attributesOf(sns, arn)).toMatchObject({
      ContentBasedDeduplication: "false",
      DisplayName: "TestTopic",
      FifoTopic: "true",
      SignatureVersion: "2",
    });
  });

  test.each([
    ["", {}],
    ["a".repeat(257), {}],
    ["dotted.fifo", {}],
    ["undotted", { FifoTopic: "true" }],
    ["with space", {}],
    ["with/slash", {}],
    ["with.dot", {}],
    ["with@at", {}],
  ])("a topic cannot be named %j with %j", async (Name, Attributes) => {
    await expect(sns.send(new CreateTopicCommand({ Name, Attributes }))).rejects.toEqual(invalid("Topic Name"));
  });

  test("a name may have 256 characters", async () => {
    expect(await create(sns, "a".repeat(256))).toContain("aaa");
  });

  test("creating again finds the topic, with the same attributes or none", async () => {
    const arn = await create(sns, "again", { DisplayName: "Value1" });
    expect(await create(sns, "again")).toBe(arn);
    expect(await create(sns, "again", { DisplayName: "Value1" })).toBe(arn);
    await set(sns, arn, "DisplayName", "AlreadySet");
    expect(await create(sns, "again", { DisplayName: "AlreadySet" })).toBe(arn);
    const different = invalid("Attributes Reason: Topic already exists with different attributes");
    await expect(create(sns, "again", { DisplayName: "Other" })).rejects.toEqual(different);
    await expect(create(sns, "again", { SignatureVersion: "2" })).rejects.toEqual(different);
  });

  test("creating again with other tags fails", async () => {
    const tagged = (Tags: { Key: string; Value: string }[]): Promise<object> =>
      sns.send(new CreateTopicCommand({ Name: "tagged-again", Tags }));
    await tagged([{ Key: "a", Value: "1" }]);
    await expect(
      tagged([
        { Key: "a", Value: "1" },
        { Key: "b", Value: "2" },
      ]),
    ).rejects.toEqual(invalid("Tags Reason: Topic already exists with different tags"));
    await tagged([{ Key: "a", Value: "1" }]);
  });

  test("what is not emulated is refused by name", async () => {
    await expect(create(sns, "archived.fifo", { ArchivePolicy: '{"MessageRetentionPeriod":"30"}' })).rejects.toThrow(
      /does not emulate ArchivePolicy/,
    );
  });
});

describe("topics that are not there", () => {
  test("are said to be missing, whatever is asked", async () => {
    const TopicArn = `arn:aws:sns:us-east-1:${cloud.account}:nowhere`;
    await expect(attributesOf(sns, TopicArn)).rejects.toEqual(gone);
    await expect(set(sns, TopicArn, "DisplayName", "x")).rejects.toEqual(gone);
    await expect(sns.send(new PublishCommand({ TopicArn, Message: "x" }))).rejects.toEqual(gone);
    expect(await sns.send(new DeleteTopicCommand({ TopicArn }))).toMatchObject({});
  });

  test.each([
    ["nonsense", "TopicArn Reason: An ARN must have at least 6 elements, not 1"],
    ["arn:aws", "TopicArn Reason: An ARN must have at least 6 elements, not 2"],
    ["arn:aws:sns:eu-west-1:000000000000:elsewhere", "TopicArn"],
  ])("an ARN such as %s is invalid", async (arn, message) => {
    await expect(attributesOf(sns, arn)).rejects.toEqual(invalid(message));
  });

  test("a topic is gone once it is deleted, and may be made anew", async () => {
    const arn = await create(sns, "short-lived");
    await sns.send(new TagResourceCommand({ ResourceArn: arn, Tags: [{ Key: "a", Value: "1" }] }));
    await sns.send(new DeleteTopicCommand({ TopicArn: arn }));
    await expect(attributesOf(sns, arn)).rejects.toEqual(gone);
    expect(await create(sns, "short-lived")).toBe(arn);
    expect((await sns.send(new ListTagsForResourceCommand({ ResourceArn: arn }))).Tags).toEqual([]);
  });
});

test("ListTopics gives a hundred at a time", async () => {
  const world = cloud.fork("many");
  const client = new SNSClient(world.clientConfig());
  for (let index = 0; index < 101; index += 1) await client.send(new CreateTopicCommand({ Name: `many-${index}` }));
  const first = await client.send(new ListTopicsCommand({}));
  expect(first.Topics).toHaveLength(100);
  const rest = await client.send(new ListTopicsCommand({ NextToken: first.NextToken }));
  expect(rest.NextToken).toBeUndefined();
  const names = [...(first.Topics ?? []), ...(rest.Topics ?? [])].filter((each) => each.TopicArn?.includes(":many-"));
  expect(names).toHaveLength(101);
  world.dispose();
});
