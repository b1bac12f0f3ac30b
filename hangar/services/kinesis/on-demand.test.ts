// On-demand streams and the account's settings for them, through Kinesis's own client.

import {
  CreateStreamCommand,
  DescribeAccountSettingsCommand,
  KinesisClient,
  PutRecordCommand,
  UpdateAccountSettingsCommand,
  UpdateStreamRecordDistributionStrategyCommand,
  UpdateStreamWarmThroughputCommand,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { arnOf } from "./test-streams.ts";

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
