// AWS::Kinesis::Stream, StreamConsumer and ResourcePolicy, deployed by CloudFormation and seen through Kinesis's own client.

import { CloudControlClient, GetResourceCommand } from "@aws-sdk/client-cloudcontrol";
import {
  DescribeStreamSummaryCommand,
  GetResourcePolicyCommand,
  KinesisClient,
  ListStreamConsumersCommand,
  ListTagsForStreamCommand,
  type StreamDescriptionSummary,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let kinesis: KinesisClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "kinesis.stream" });
  at = stacksOf(cloud, { team: "air" });
  kinesis = new KinesisClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function summary(StreamName = ""): Promise<StreamDescriptionSummary | undefined> {
  return (await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }))).StreamDescriptionSummary;
}

const stream = (Properties: object = {}): Resources => ({ Stream: { Type: "AWS::Kinesis::Stream", Properties } });

describe("AWS::Kinesis::Stream", () => {
  test("changes in place, and goes back to AWS's defaults where the template is silent", async () => {
    const outputs = { Stream: ref("Stream"), Arn: attribute("Stream", "Arn") };
    const { Stream = "", Arn } = await at.deploy(
      "streams",
      stream({
        ShardCount: 2,
        RetentionPeriodHours: 48,
        StreamEncryption: { EncryptionType: "KMS", KeyId: "alias/aws/kinesis" },
        DesiredShardLevelMetrics: ["IncomingBytes"],
        MaxRecordSizeInKiB: 2048,
        Tags: [{ Key: "a", Value: "1" }],
      }),
      outputs,
    );
    expect(Stream).toMatch(/^streams-Stream-[A-Za-z0-9]+$/);
    expect(Arn).toBe(`arn:aws:kinesis:us-east-1:000000000000:stream/${Stream}`);
    expect(await summary(Stream)).toMatchObject({
      OpenShardCount: 2,
      RetentionPeriodHours: 48,
      StreamModeDetails: { StreamMode: "PROVISIONED" },
      EncryptionType: "KMS",
      KeyId: "alias/aws/kinesis",
      EnhancedMonitoring: [{ ShardLevelMetrics: ["IncomingBytes"] }],
      MaxRecordSizeInKiB: 2048,
    });
    const again = await at.deploy("streams", stream({ ShardCount: 3, Tags: [{ Key: "b", Value: "2" }] }), outputs);
    expect(again["Stream"]).toBe(Stream);
    expect(await summary(Stream)).toMatchObject({
      OpenShardCount: 3,
      RetentionPeriodHours: 24,
      EncryptionType: "NONE",
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      MaxRecordSizeInKiB: 1024,
    });
    expect((await kinesis.send(new ListTagsForStreamCommand({ StreamName: Stream }))).Tags).toEqual([
      { Key: "b", Value: "2" },
      { Key: "team", Value: "air" },
    ]);
    await at.deploy("streams", stream({ StreamModeDetails: { StreamMode: "ON_DEMAND" } }), outputs);
    expect(await summary(Stream)).toMatchObject({ StreamModeDetails: { StreamMode: "ON_DEMAND" }, OpenShardCount: 3 });
    await at.destroy("streams");
    await expect(summary(Stream)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  test("is replaced when its name changes, and fails as UpdateShardCount does", async () => {
    await at.deploy("named", stream({ Name: "old-name", ShardCount: 1 }));
    await at.deploy("named", stream({ Name: "new-name", ShardCount: 1 }));
    expect(await summary("new-name")).toMatchObject({ OpenShardCount: 1 });
    await expect(summary("old-name")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    expect(await at.failure("named", stream({ Name: "new-name", ShardCount: 3 }))).toContain(
      "UpdateShardCount cannot scale up over double your current open shard count.",
    );
  });

  test("reads back through Cloud Control", async () => {
    await at.deploy("read", stream({ Name: "read-back", ShardCount: 1 }));
    const control = new CloudControlClient(cloud.clientConfig());
    const { ResourceDescription } = await control.send(
      new GetResourceCommand({ TypeName: "AWS::Kinesis::Stream", Identifier: "read-back" }),
    );
    expect(JSON.parse(ResourceDescription?.Properties ?? "")).toMatchObject({
      Name: "read-back",
      ShardCount: 1,
      RetentionPeriodHours: 24,
    });
  });
});

test("a consumer and a policy of the stream come and go with their stack", async () => {
  const policy = (Action: string): object => ({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111111111111:root" },
        Action,
        Resource: attribute("Stream", "Arn"),
      },
    ],
  });
  const resources = (name: string, Action: string): Resources => ({
    ...stream({ Name: "shared", ShardCount: 1 }),
    Consumer: {
      Type: "AWS::Kinesis::StreamConsumer",
      Properties: { ConsumerName: name, StreamARN: attribute("Stream", "Arn") },
    },
    Policy: {
      Type: "AWS::Kinesis::ResourcePolicy",
      Properties: { ResourceArn: attribute("Stream", "Arn"), ResourcePolicy: policy(Action) },
    },
  });
  const StreamARN = "arn:aws:kinesis:us-east-1:000000000000:stream/shared";
  const consumers = async (): Promise<(string | undefined)[]> =>
    ((await kinesis.send(new ListStreamConsumersCommand({ StreamARN }))).Consumers ?? []).map(
      (each) => each.ConsumerName,
    );
  const { Consumer } = await at.deploy("shared", resources("one", "kinesis:PutRecord"));
  expect(Consumer).toMatch(new RegExp(`^${StreamARN}/consumer/one:\\d+$`));
  expect(await consumers()).toEqual(["one"]);
  await at.deploy("shared", resources("two", "kinesis:GetRecords"));
  expect(await consumers()).toEqual(["two"]);
  const { Policy } = await kinesis.send(new GetResourcePolicyCommand({ ResourceARN: StreamARN }));
  expect(Policy).toContain("kinesis:GetRecords");
  await at.destroy("shared");
});
