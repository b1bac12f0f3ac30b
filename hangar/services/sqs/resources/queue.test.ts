// AWS::SQS::Queue, QueuePolicy and QueueInlinePolicy, deployed by CloudFormation and seen through SQS's own client.

import { CloudControlClient, GetResourceCommand } from "@aws-sdk/client-cloudcontrol";
import { GetQueueAttributesCommand, ListQueuesCommand, ListQueueTagsCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let sqs: SQSClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "sqs.queue" });
  at = stacksOf(cloud);
  sqs = new SQSClient(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const attributesOf = async (QueueUrl = ""): Promise<Record<string, string>> =>
  (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }))).Attributes ?? {};

describe("AWS::SQS::Queue", () => {
  const queue = (Properties: object = {}): Resources => ({ Queue: { Type: "AWS::SQS::Queue", Properties } });

  test("changes in place, and goes back to AWS's defaults where the template is silent", async () => {
    const { Queue } = await at.deploy(
      "queues",
      queue({ VisibilityTimeout: 60, DelaySeconds: 5, Tags: [{ Key: "a", Value: "1" }] }),
    );
    expect(Queue).toMatch(new RegExp(`^${cloud.endpoint}/${cloud.account}/queues-Queue-[A-Za-z0-9]+$`));
    expect(await attributesOf(Queue)).toMatchObject({ VisibilityTimeout: "60", DelaySeconds: "5" });
    const again = await at.deploy("queues", queue({ VisibilityTimeout: 10, Tags: [{ Key: "b", Value: "2" }] }));
    expect(again["Queue"]).toBe(Queue);
    expect(await attributesOf(Queue)).toMatchObject({ VisibilityTimeout: "10", DelaySeconds: "0" });
    const { Tags = {} } = await sqs.send(new ListQueueTagsCommand({ QueueUrl: Queue }));
    expect(Tags).toMatchObject({ b: "2", "aws:cloudformation:stack-name": "queues" });
    expect(Tags).not.toHaveProperty("a");
    await at.destroy("queues");
    expect((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: "queues-" }))).QueueUrls).toBeUndefined();
  });

  test("is replaced when its name changes", async () => {
    await at.deploy("named", queue({ QueueName: "old-name" }));
    await at.deploy("named", queue({ QueueName: "new-name" }));
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    const names = QueueUrls.map((url) => url.slice(url.lastIndexOf("/") + 1));
    expect(names).toContain("new-name");
    expect(names).not.toContain("old-name");
  });

  test("may be FIFO with a dead-letter queue, and reads back as it was deployed", async () => {
    const { Queue } = await at.deploy("fifo", {
      Dead: { Type: "AWS::SQS::Queue", Properties: { FifoQueue: true } },
      ...queue({
        FifoQueue: true,
        ContentBasedDeduplication: true,
        DeduplicationScope: "messageGroup",
        FifoThroughputLimit: "perMessageGroupId",
        RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": ["Dead", "Arn"] }, maxReceiveCount: 3 },
      }),
    });
    expect(Queue).toMatch(/\.fifo$/);
    const attributes = await attributesOf(Queue);
    expect(attributes).toMatchObject({ FifoQueue: "true", FifoThroughputLimit: "perMessageGroupId" });
    expect(JSON.parse(attributes["RedrivePolicy"] ?? "")).toMatchObject({ maxReceiveCount: 3 });
    const control = new CloudControlClient(cloud.clientConfig());
    const { ResourceDescription } = await control.send(
      new GetResourceCommand({ TypeName: "AWS::SQS::Queue", Identifier: Queue }),
    );
    expect(JSON.parse(ResourceDescription?.Properties ?? "")).toMatchObject({
      FifoQueue: true,
      ContentBasedDeduplication: true,
      RedrivePolicy: { maxReceiveCount: 3 },
    });
  });

  test("that SQS refuses fails the stack in its words", async () => {
    expect(await at.failure("refused", queue({ FifoQueue: true, QueueName: "plain" }))).toMatch(/fifo/i);
  });
});

describe("AWS::SQS::QueuePolicy and QueueInlinePolicy", () => {
  const PolicyDocument = (sid: string): object => ({
    Version: "2012-10-17",
    Statement: [{ Sid: sid, Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" }],
  });
  const sidOf = async (url = ""): Promise<unknown> => {
    const { Policy } = await attributesOf(url);
    return Policy === undefined
      ? undefined
      : (JSON.parse(Policy) as { Statement: { Sid: string }[] }).Statement[0]?.Sid;
  };

  test("a policy stands on its queues, and leaves them", async () => {
    const queues = { One: { Type: "AWS::SQS::Queue" }, Two: { Type: "AWS::SQS::Queue" } };
    const policy = (sid: string, ...names: string[]): Resources => ({
      ...queues,
      Policy: {
        Type: "AWS::SQS::QueuePolicy",
        Properties: { PolicyDocument: PolicyDocument(sid), Queues: names.map((Ref) => ({ Ref })) },
      },
    });
    const { One, Two } = await at.deploy("policies", policy("a", "One"));
    expect([await sidOf(One), await sidOf(Two)]).toEqual(["a", undefined]);
    await at.deploy("policies", policy("b", "Two"));
    expect([await sidOf(One), await sidOf(Two)]).toEqual([undefined, "b"]);
    await at.deploy("policies", queues);
    expect(await sidOf(Two)).toBeUndefined();
  });

  test("an inline policy is one queue's", async () => {
    const inline = (sid: string): Resources => ({
      Queue: { Type: "AWS::SQS::Queue" },
      Policy: {
        Type: "AWS::SQS::QueueInlinePolicy",
        Properties: { PolicyDocument: PolicyDocument(sid), Queue: { Ref: "Queue" } },
      },
    });
    const { Queue } = await at.deploy("inline", inline("a"));
    expect(await sidOf(Queue)).toBe("a");
    await at.deploy("inline", inline("b"));
    expect(await sidOf(Queue)).toBe("b");
    await at.deploy("inline", { Queue: { Type: "AWS::SQS::Queue" } });
    expect(await sidOf(Queue)).toBeUndefined();
  });
});
