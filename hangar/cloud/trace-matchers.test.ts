// What tests expect of a trace: real calls of a real cloud, through vitest's expect and as plain functions.

import assert from "node:assert/strict";
import {
  SetTopicAttributesCommand,
  CreateTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, SendMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, toHaveCalled, traceMatchers, type RunningCloud } from "../index.ts";
import "../vitest/matchers.ts";
import type { Span } from "../kernel/trace.ts";

let cloud: RunningCloud;
const QueueArn = "arn:aws:sqs:us-east-1:000000000000:orders";

const policy = (facts: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...facts }] });

beforeAll(async () => {
  cloud = await startCloud({ seed: "matchers" });
  const sqs = new SQSClient(cloud.clientConfig());
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "orders" }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ order: 7, paid: true }) }));
  const sns = new SNSClient(cloud.clientConfig());
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "news" }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: QueueArn }));
  await sns.send(new PublishCommand({ TopicArn, Message: "refused" }));
  await cloud.settle();
  const Policy = policy({ Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage", Resource: "*" });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  await sns.send(new PublishCommand({ TopicArn, Message: "hello" }));
  await cloud.settle();
  const iam = new IAMClient(cloud.clientConfig());
  const trust = policy({ Principal: { AWS: "arn:aws:iam::000000000000:root" }, Action: "sts:AssumeRole" });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: "reader", AssumeRolePolicyDocument: trust }));
  const { Credentials } = await new STSClient(cloud.clientConfig()).send(
    new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "suite" }),
  );
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  };
  const reader = new SNSClient({ ...cloud.clientConfig(), credentials });
  const forbidden = new SetTopicAttributesCommand({ TopicArn, AttributeName: "DisplayName", AttributeValue: "x" });
  await expect(reader.send(forbidden)).rejects.toThrow("not authorized");
});
afterAll(() => cloud.close());

/** What the matcher says when it fails. */
async function failure(expecting: () => unknown): Promise<string> {
  try {
    await expecting();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("It did not fail.");
}

describe("toHaveCalled", () => {
  test("finds a call by operation and part of its input", () => {
    expect(cloud.trace).toHaveCalled("sqs:SendMessage");
    expect(cloud.trace).toHaveCalled("sqs:CreateQueue", { QueueName: "orders" }, { times: 1 });
    expect(cloud.trace).toHaveCalled("sqs:*", { QueueName: expect.stringMatching(/^ord/) });
    expect(cloud.trace).toHaveCalled("sqs:SendMessage", { MessageBody: { order: expect.any(Number) } });
    expect(cloud.trace).not.toHaveCalled("sqs:PurgeQueue");
    expect(cloud.trace).not.toHaveCalled("sqs:SendMessage", { MessageBody: { order: 8 } });
  });

  test("of its caller, and of its failure", () => {
    expect(cloud.trace).toHaveCalled("sqs:SendMessage", {}, { by: "sns", times: 1 });
    expect(cloud.trace).not.toHaveCalled("sns:SetTopicAttributes");
    expect(cloud.trace).toHaveCalled("sns:SetTopicAttributes", {}, { by: "reader", error: "AuthorizationError" });
  });

  test("shows the nearest calls and what of them differs", async () => {
    const input = { MessageBody: { order: 8, paid: expect.any(Boolean) as unknown } };
    const said = await failure(() => expect(cloud.trace).toHaveCalled("sqs:SendMessage", input, { by: "*:root" }));
    expect(said.split("\n").slice(0, 5)).toEqual([
      'Expected a call of sqs:SendMessage with { MessageBody: { order: 8, paid: Any<Boolean> } }, by "*:root", but there was none.',
      "The nearest:",
      "  sqs:SendMessage",
      "    MessageBody.order: expected 8, was 7",
      "  sqs:SendMessage by sns.amazonaws.com",
    ]);
    expect(await failure(() => expect(cloud.trace).toHaveCalled("sqs:PurgeQueue"))).toMatch(
      /^Expected a call of sqs:PurgeQueue, but there was none\.\nCalls in this trace: .*sqs:CreateQueue.*sns:Publish \(2\)/,
    );
    expect(await failure(() => expect(cloud.trace).toHaveCalled("sns:Publish", {}, { times: 3 }))).toBe(
      "Expected 3 times a call of sns:Publish, but there were 2.\n  sns:Publish\n  sns:Publish\n".trimEnd(),
    );
    expect(await failure(() => expect(cloud.trace).not.toHaveCalled("sqs:CreateQueue"))).toBe(
      "Expected not a call of sqs:CreateQueue, but there was one:\n  sqs:CreateQueue",
    );
    expect(await failure(() => expect(cloud.trace).toHaveCalled("sns:SetTopicAttributes"))).toContain(
      "  sns:SetTopicAttributes by arn:aws:sts::000000000000:assumed-role/reader/suite\n    failed with AuthorizationError:",
    );
  });

  test("refuses names that are none, which `.not` would pass for ever", async () => {
    expect(await failure(() => expect(cloud.trace).not.toHaveCalled("sqs:SendMesage"))).toContain(
      "There is no operation sqs:SendMesage.",
    );
    expect(await failure(() => expect(cloud.trace).not.toHaveCalled("squeues:Send"))).toContain(
      "There is no service of squeues:Send.",
    );
  });
});

describe("toHaveDenied", () => {
  test("finds a denial by action, role and resource", () => {
    expect(cloud.trace).toHaveDenied("sns:SetTopicAttributes", { role: "reader", resource: "news" }, { times: 1 });
    expect(cloud.trace).toHaveDenied("sns:*", { role: "arn:aws:iam::000000000000:role/reader" });
    expect(cloud.trace).toHaveDenied("sqs:SendMessage", { by: "sns", resource: QueueArn });
    expect(cloud.trace).not.toHaveDenied("sns:Publish");
    expect(cloud.trace).not.toHaveDenied("sns:SetTopicAttributes", { role: "writer" });
  });

  test("shows what was denied instead", async () => {
    expect(await failure(() => expect(cloud.trace).toHaveDenied("sns:SetTopicAttributes", { role: "writer" }))).toBe(
      [
        'Expected a denial of sns:SetTopicAttributes with { role: "writer" }, but there was none.',
        "The nearest:",
        "  sns:SetTopicAttributes by arn:aws:sts::000000000000:assumed-role/reader/suite",
        '    role: expected "writer", was arn:aws:sts::000000000000:assumed-role/reader/suite',
      ].join("\n"),
    );
    expect(await failure(() => expect(cloud.trace).toHaveDenied("sqs:CreateQueue"))).toContain(
      "  sqs:CreateQueue\n    was allowed",
    );
  });
});

describe("toHaveDelivered", () => {
  test("finds a delivery by receiver or service, source and event", () => {
    for (const to of [QueueArn, "orders", "sns", "sqs"]) expect(cloud.trace).toHaveDelivered(to, {}, { times: 1 });
    expect(cloud.trace).toHaveDelivered("orders", { from: "news", event: { Message: "hello" } });
    expect(cloud.trace).not.toHaveDelivered("orders", { event: { Message: "refused" } });
    expect(cloud.trace).not.toHaveDelivered("elsewhere");
  });

  test("shows what did not arrive, and why", async () => {
    expect(
      await failure(() => expect(cloud.trace).toHaveDelivered("orders", { event: { Message: "refused" } })),
    ).toMatch(
      /The nearest:\n .*news -> arn:aws:sqs:us-east-1:000000000000:orders\n {4}(did not arrive: |event\.Message: )/,
    );
  });
});

describe("takes", () => {
  test("spans, and what answers them later", async () => {
    const spans = cloud.trace.spans();
    expect(spans).toHaveCalled("sqs:CreateQueue");
    const later = { spans: (): Promise<Span[]> => Promise.resolve(spans) };
    await expect(later).toHaveCalled("sqs:CreateQueue");
    await expect(Promise.resolve(spans)).not.toHaveCalled("sqs:PurgeQueue");
    expect(await failure(() => expect(later).toHaveCalled("sqs:PurgeQueue"))).toContain(
      "Expected a call of sqs:PurgeQueue",
    );
    expect(await failure(() => expect("nothing").toHaveCalled("sqs:PurgeQueue"))).toContain(
      "Expect it of a cloud's trace",
    );
  });

  test("no runner at all", () => {
    const { pass, message } = toHaveCalled(cloud.trace, "sqs:CreateQueue", { QueueName: "orders" });
    assert.ok(pass, message());
    expect(Object.keys(traceMatchers)).toEqual(["toHaveCalled", "toHaveDenied", "toHaveDelivered"]);
  });
});

test("a failure says that the beginning of the trace is gone, but not of spans that the test chose", async () => {
  const spans = cloud.trace.spans().slice(4);
  const gone = "(4 earlier steps are gone: a trace keeps the newest 20000, of at most 32 MB)";
  expect(await failure(() => expect({ spans: () => spans }).toHaveCalled("sqs:PurgeQueue"))).toContain(gone);
  expect(await failure(() => expect(spans).toHaveCalled("sqs:PurgeQueue"))).not.toContain(gone);
});
