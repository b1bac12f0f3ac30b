// Who may use a stream, and with whose key its records are encrypted, through Kinesis's own client.

import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import {
  DeleteResourcePolicyCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetResourcePolicyCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordCommand,
  PutRecordsCommand,
  PutResourcePolicyCommand,
  StartStreamEncryptionCommand,
  StopStreamEncryptionCommand,
} from "@aws-sdk/client-kinesis";
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { ACCOUNT, failure } from "./test-streams.ts";
import { create, put, register, subscribe } from "./test-consumers.ts";

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
    const StreamARN = await create(kinesis, "private");
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
    const StreamARN = await create(kinesis, "guarded");
    const ConsumerARN = await register(kinesis, StreamARN, "c");
    const reader = await user("reader", { Action: "kinesis:GetShardIterator", Resource: StreamARN });
    const { ShardIterator } = await reader.send(
      new GetShardIteratorCommand({ StreamARN, ShardId: "0", ShardIteratorType: "LATEST" }),
    );
    await expect(reader.send(new GetRecordsCommand({ ShardIterator }))).rejects.toThrow(
      `is not authorized to perform: kinesis:GetRecords on resource: ${StreamARN}`,
    );
    await expect(subscribe(kinesis, ConsumerARN, { Type: "LATEST" }, reader)).rejects.toThrow(
      `is not authorized to perform: kinesis:SubscribeToShard on resource: ${ConsumerARN}`,
    );
  });
});

describe("encryption", () => {
  test("asks KMS for every write and read, and says so", async () => {
    const kms = new KMSClient(cloud.clientConfig());
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.KeyId ?? "";
    const StreamARN = await create(kinesis, "secret");
    const StreamName = "secret";
    await put(kinesis, StreamARN, "plain");
    await kinesis.send(new StartStreamEncryptionCommand({ StreamName, EncryptionType: "KMS", KeyId }));
    expect(await put(kinesis, StreamARN, "sealed")).toMatchObject({ EncryptionType: "KMS" });
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
    await expect(put(kinesis, StreamARN, "no")).rejects.toMatchObject({ name: "KMSDisabledException" });
    await expect(kinesis.send(new GetRecordsCommand({ ShardIterator }))).rejects.toMatchObject({
      name: "KMSDisabledException",
    });
    await kinesis.send(new StopStreamEncryptionCommand({ StreamName, EncryptionType: "KMS", KeyId }));
    expect(await put(kinesis, StreamARN, "plain again")).not.toHaveProperty("EncryptionType");
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
