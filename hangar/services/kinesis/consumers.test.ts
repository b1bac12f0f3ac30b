// Kinesis's consumers with enhanced fan-out, policies, keys and account settings, through its own client.

import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateStreamCommand,
  DeleteResourcePolicyCommand,
  DeleteStreamCommand,
  DeregisterStreamConsumerCommand,
  DescribeAccountSettingsCommand,
  DescribeStreamConsumerCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetResourcePolicyCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListStreamConsumersCommand,
  PutRecordCommand,
  PutRecordsCommand,
  PutResourcePolicyCommand,
  RegisterStreamConsumerCommand,
  SplitShardCommand,
  StartStreamEncryptionCommand,
  StopStreamEncryptionCommand,
  SubscribeToShardCommand,
  UpdateAccountSettingsCommand,
  UpdateStreamRecordDistributionStrategyCommand,
  UpdateStreamWarmThroughputCommand,
  type StartingPosition,
  type SubscribeToShardEventStream,
} from "@aws-sdk/client-kinesis";
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let kinesis: KinesisClient;

beforeAll(async () => {
  cloud = await startCloud({ port: 0, seed: "kinesis.consumers" });
  cloud.clock.hold();
  kinesis = new KinesisClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const ACCOUNT = "000000000000";
const arnOf = (name: string): string => `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/${name}`;
const failure = (name: string, message: string): unknown => expect.objectContaining({ name, message });

async function create(StreamName: string, ShardCount = 1): Promise<string> {
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount }));
  return arnOf(StreamName);
}

async function register(StreamARN: string, ConsumerName: string): Promise<string> {
  const { Consumer } = await kinesis.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName }));
  return Consumer?.ConsumerARN ?? "";
}

function put(StreamARN: string, data: string): Promise<unknown> {
  return kinesis.send(new PutRecordCommand({ StreamARN, Data: Buffer.from(data), PartitionKey: "p" }));
}

async function subscribe(
  ConsumerARN: string,
  StartingPosition: StartingPosition,
  client = kinesis,
): Promise<AsyncIterator<SubscribeToShardEventStream>> {
  const ShardId = "shardId-000000000000";
  const { EventStream } = await client.send(new SubscribeToShardCommand({ ConsumerARN, ShardId, StartingPosition }));
  if (EventStream === undefined) throw new Error("No stream.");
  return EventStream[Symbol.asyncIterator]();
}

function dataOf(event: IteratorResult<SubscribeToShardEventStream>): string[] {
  const value = event.done === true ? undefined : event.value.SubscribeToShardEvent;
  return (value?.Records ?? []).map((record) => Buffer.from(record.Data ?? []).toString());
}

describe("consumers", () => {
  test("are registered, described, listed and taken away", async () => {
    const StreamARN = await create("consumed");
    const ConsumerARN = await register(StreamARN, "consumer");
    expect(ConsumerARN).toMatch(/stream\/consumed\/consumer\/consumer:\d{10}$/);
    const consumer = {
      ConsumerName: "consumer",
      ConsumerARN,
      ConsumerStatus: "ACTIVE",
      ConsumerCreationTimestamp: expect.any(Date),
    };
    const byName = await kinesis.send(new DescribeStreamConsumerCommand({ StreamARN, ConsumerName: "consumer" }));
    expect(byName.ConsumerDescription).toEqual({ ...consumer, StreamARN });
    await register(StreamARN, "second");
    const page = await kinesis.send(new ListStreamConsumersCommand({ StreamARN, MaxResults: 1 }));
    expect(page.Consumers).toEqual([consumer]);
    const rest = await kinesis.send(new ListStreamConsumersCommand({ StreamARN, NextToken: page.NextToken }));
    expect(rest.Consumers?.map((each) => each.ConsumerName)).toEqual(["second"]);
    const StreamCreationTimestamp = new Date(0);
    await expect(
      kinesis.send(new ListStreamConsumersCommand({ StreamARN, StreamCreationTimestamp })),
    ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(register(StreamARN, "consumer")).rejects.toMatchObject({ name: "ResourceInUseException" });
    await expect(kinesis.send(new DeleteStreamCommand({ StreamARN }))).rejects.toEqual(
      failure(
        "ResourceInUseException",
        `DeleteStream can't delete ${ACCOUNT}:consumed because there are consumers associated with this data stream. To delete consumed anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers that are associated with it.`,
      ),
    );
    await kinesis.send(new DeregisterStreamConsumerCommand({ ConsumerARN }));
    await expect(kinesis.send(new DescribeStreamConsumerCommand({ ConsumerARN }))).rejects.toEqual(
      failure("ResourceNotFoundException", `Consumer ${ConsumerARN}, account ${ACCOUNT} not found.`),
    );
    await kinesis.send(new DeleteStreamCommand({ StreamARN, EnforceConsumerDeletion: true }));
    await create("consumed");
    expect((await kinesis.send(new ListStreamConsumersCommand({ StreamARN }))).Consumers).toEqual([]);
  });

  test("there are at most twenty of a stream", async () => {
    const StreamARN = await create("crowded");
    for (let count = 0; count < 20; count += 1) await register(StreamARN, `c${count}`);
    await expect(register(StreamARN, "c20")).rejects.toMatchObject({ name: "LimitExceededException" });
  });
});

describe("SubscribeToShard", () => {
  test("gives what there is, then what comes", async () => {
    const StreamARN = await create("pushed");
    const ConsumerARN = await register(StreamARN, "c");
    await put(StreamARN, "a");
    const events = await subscribe(ConsumerARN, { Type: "TRIM_HORIZON" });
    const first = await events.next();
    expect(dataOf(first)).toEqual(["a"]);
    expect(first.value?.SubscribeToShardEvent).toMatchObject({ MillisBehindLatest: 0 });
    const second = events.next();
    await put(StreamARN, "b");
    expect(dataOf(await second)).toEqual(["b"]);
    await events.return?.();
  });

  test("is spoken over HTTP/2, as the SDK does by itself", async () => {
    const StreamARN = await create("http2");
    const ConsumerARN = await register(StreamARN, "c");
    const { requestHandler: _inProcess, ...config } = cloud.clientConfig();
    const client = new KinesisClient(config);
    const events = await subscribe(ConsumerARN, { Type: "LATEST" }, client);
    const first = events.next();
    await put(StreamARN, "over the wire");
    expect(dataOf(await first)).toEqual(["over the wire"]);
    await events.return?.();
    client.destroy();
  });

  test("says so when nothing comes, and ends after five minutes", async () => {
    const StreamARN = await create("silent");
    const events = await subscribe(await register(StreamARN, "c"), { Type: "LATEST" });
    const first = events.next();
    await cloud.clock.advance("5 seconds");
    expect(dataOf(await first)).toEqual([]);
    await cloud.clock.advance("5 minutes");
    let event = await events.next();
    while (event.done !== true) event = await events.next();
    expect(event.done).toBe(true);
  });

  test("ends with the children of a shard that closed", async () => {
    const StreamARN = await create("closing");
    const events = await subscribe(await register(StreamARN, "c"), { Type: "TRIM_HORIZON" });
    const last = events.next();
    await kinesis.send(
      new SplitShardCommand({
        StreamARN,
        ShardToSplit: "0",
        NewStartingHashKey: "170141183460469231731687303715884105728",
      }),
    );
    const { value } = await last;
    expect(value?.SubscribeToShardEvent?.ChildShards).toHaveLength(2);
    expect((await events.next()).done).toBe(true);
  });

  test("within five seconds it is refused, then taken over", async () => {
    const StreamARN = await create("contended");
    const ConsumerARN = await register(StreamARN, "c");
    const first = await subscribe(ConsumerARN, { Type: "LATEST" });
    const waiting = first.next();
    await expect(subscribe(ConsumerARN, { Type: "LATEST" })).rejects.toMatchObject({
      name: "ResourceInUseException",
      message: expect.stringContaining("Another active subscription exists for this consumer"),
    });
    await cloud.clock.advance("5 seconds");
    await waiting;
    const next = first.next();
    const ended = expect(next).rejects.toMatchObject({ name: "ResourceInUseException" });
    const second = await subscribe(ConsumerARN, { Type: "LATEST" });
    await ended;
    const given = second.next();
    await put(StreamARN, "x");
    expect(dataOf(await given)).toEqual(["x"]);
    await second.return?.();
  });
});

async function user(UserName: string, statement?: object): Promise<KinesisClient> {
  const iam = new IAMClient(cloud.clientConfig());
  await iam.send(new CreateUserCommand({ UserName }));
  if (statement !== undefined)
    await iam.send(
      new PutUserPolicyCommand({
        UserName,
        PolicyName: "p",
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] }),
      }),
    );
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return new KinesisClient({
    ...cloud.clientConfig(),
    credentials: { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" },
  });
}

describe("access", () => {
  test("a denial names user, action and stream; a stream's own policy lets in", async () => {
    const StreamARN = await create("private");
    const nobody = await user("nobody");
    const record = { StreamARN, Data: Buffer.from("x"), PartitionKey: "p" };
    await expect(nobody.send(new PutRecordCommand(record))).rejects.toEqual(
      failure(
        "AccessDeniedException",
        `User: arn:aws:iam::${ACCOUNT}:user/nobody is not authorized to perform: kinesis:PutRecord on resource: ${StreamARN} because no identity-based policy allows the kinesis:PutRecord action`,
      ),
    );
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/nobody` },
          Action: "kinesis:PutRecord",
          Resource: StreamARN,
        },
      ],
    });
    expect((await kinesis.send(new GetResourcePolicyCommand({ ResourceARN: StreamARN }))).Policy).toBe("{}");
    await kinesis.send(new PutResourcePolicyCommand({ ResourceARN: StreamARN, Policy }));
    expect((await kinesis.send(new GetResourcePolicyCommand({ ResourceARN: StreamARN }))).Policy).toBe(Policy);
    await nobody.send(new PutRecordCommand(record));
    await kinesis.send(new DeleteResourcePolicyCommand({ ResourceARN: StreamARN }));
    expect((await kinesis.send(new GetResourcePolicyCommand({ ResourceARN: StreamARN }))).Policy).toBe("{}");
    await expect(nobody.send(new PutRecordCommand(record))).rejects.toMatchObject({ name: "AccessDeniedException" });
    await expect(
      kinesis.send(new PutResourcePolicyCommand({ ResourceARN: StreamARN, Policy: "no JSON" })),
    ).rejects.toMatchObject({ name: "InvalidArgumentException" });
  });

  test("GetRecords needs rights on the iterator's stream, SubscribeToShard on the consumer", async () => {
    const StreamARN = await create("guarded");
    const ConsumerARN = await register(StreamARN, "c");
    const reader = await user("reader", { Action: "kinesis:GetShardIterator", Resource: StreamARN });
    const { ShardIterator } = await reader.send(
      new GetShardIteratorCommand({ StreamARN, ShardId: "0", ShardIteratorType: "LATEST" }),
    );
    await expect(reader.send(new GetRecordsCommand({ ShardIterator }))).rejects.toThrow(
      `is not authorized to perform: kinesis:GetRecords on resource: ${StreamARN}`,
    );
    await expect(subscribe(ConsumerARN, { Type: "LATEST" }, reader)).rejects.toThrow(
      `is not authorized to perform: kinesis:SubscribeToShard on resource: ${ConsumerARN}`,
    );
  });
});

describe("encryption", () => {
  test("asks KMS for every write and read, and says so", async () => {
    const kms = new KMSClient(cloud.clientConfig());
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.KeyId ?? "";
    const StreamARN = await create("secret");
    const StreamName = "secret";
    await put(StreamARN, "plain");
    await kinesis.send(new StartStreamEncryptionCommand({ StreamName, EncryptionType: "KMS", KeyId }));
    expect(await put(StreamARN, "sealed")).toMatchObject({ EncryptionType: "KMS" });
    const Records = [{ Data: Buffer.from("sealed too"), PartitionKey: "p" }];
    expect(await kinesis.send(new PutRecordsCommand({ StreamName, Records }))).toMatchObject({ EncryptionType: "KMS" });
    const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
    expect(StreamDescriptionSummary).toMatchObject({ EncryptionType: "KMS", KeyId });
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({ StreamName, ShardId: "0", ShardIteratorType: "TRIM_HORIZON" }),
    );
    const read = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    expect(read.Records?.map((record) => record.EncryptionType)).toEqual([undefined, "KMS", "KMS"]);
    await kms.send(new DisableKeyCommand({ KeyId }));
    await expect(put(StreamARN, "no")).rejects.toMatchObject({ name: "KMSDisabledException" });
    await expect(kinesis.send(new GetRecordsCommand({ ShardIterator }))).rejects.toMatchObject({
      name: "KMSDisabledException",
    });
    await kinesis.send(new StopStreamEncryptionCommand({ StreamName, EncryptionType: "KMS", KeyId }));
    expect(await put(StreamARN, "plain again")).not.toHaveProperty("EncryptionType");
    await expect(
      kinesis.send(
        new StartStreamEncryptionCommand({
          StreamName,
          EncryptionType: "KMS",
          KeyId: "00000000-0000-4000-8000-000000000000",
        }),
      ),
    ).rejects.toMatchObject({ name: "KMSNotFoundException" });
  });
});

describe("on-demand streams", () => {
  test("warm throughput needs the account's commitment, which lasts a day at least", async () => {
    const StreamName = "warm";
    const StreamModeDetails = { StreamMode: "ON_DEMAND" } as const;
    await kinesis.send(new CreateStreamCommand({ StreamName, StreamModeDetails }));
    const warm = new UpdateStreamWarmThroughputCommand({ StreamName, WarmThroughputMiBps: 100 });
    await expect(kinesis.send(warm)).rejects.toMatchObject({ name: "ValidationException" });
    const settle = (Status: "ENABLED" | "DISABLED"): Promise<unknown> =>
      kinesis.send(new UpdateAccountSettingsCommand({ MinimumThroughputBillingCommitment: { Status } }));
    const settings = async (): Promise<string | undefined> =>
      (await kinesis.send(new DescribeAccountSettingsCommand({}))).MinimumThroughputBillingCommitment?.Status;
    expect(await settings()).toBe("DISABLED");
    await settle("ENABLED");
    expect(await kinesis.send(warm)).toMatchObject({ WarmThroughput: { TargetMiBps: 100 } });
    await settle("DISABLED");
    expect(await settings()).toBe("ENABLED_UNTIL_EARLIEST_ALLOWED_END");
    await cloud.clock.advance("1 day");
    expect(await settings()).toBe("DISABLED");
  });

  test("may choose shards themselves: then a record needs no partition key", async () => {
    const StreamName = "spread";
    await kinesis.send(new CreateStreamCommand({ StreamName, StreamModeDetails: { StreamMode: "ON_DEMAND" } }));
    const record = new PutRecordCommand({ StreamName, Data: Buffer.from("x") } as never);
    await expect(kinesis.send(record)).rejects.toMatchObject({ name: "ValidationException" });
    const input = { StreamARN: arnOf(StreamName), RecordDistributionStrategy: "AUTO" } as const;
    await kinesis.send(new UpdateStreamRecordDistributionStrategyCommand(input));
    expect((await kinesis.send(record)).ShardId).toMatch(/^shardId-\d{12}$/);
  });
});
