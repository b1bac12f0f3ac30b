// Streams of Kinesis through its own client: made, described, listed, tagged, deleted, and how long they keep their records.

import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DescribeLimitsCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  DisableEnhancedMonitoringCommand,
  EnableEnhancedMonitoringCommand,
  GetRecordsCommand,
  IncreaseStreamRetentionPeriodCommand,
  KinesisClient,
  ListStreamsCommand,
  ListTagsForResourceCommand,
  ListTagsForStreamCommand,
  PutRecordCommand,
  RemoveTagsFromStreamCommand,
  SplitShardCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { ACCOUNT, arnOf, create, failure, iterator, put, read, shards } from "./test-streams.ts";

let cloud: RunningCloud;
let kinesis: KinesisClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "kinesis" });
  // Clients sign with the host's time: a held clock moves away from it without their signatures growing old.
  cloud.clock.hold();
  kinesis = new KinesisClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("streams", () => {
  test("a stream is described as AWS does", async () => {
    const StreamName = await create(kinesis, "described");
    const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName }));
    expect(StreamDescription).toEqual({
      StreamName,
      StreamARN: arnOf(StreamName),
      StreamStatus: "ACTIVE",
      StreamModeDetails: { StreamMode: "PROVISIONED" },
      Shards: [
        {
          ShardId: "shardId-000000000000",
          HashKeyRange: { StartingHashKey: "0", EndingHashKey: "340282366920938463463374607431768211455" },
          SequenceNumberRange: { StartingSequenceNumber: expect.stringMatching(/^49\d{54}$/) },
        },
      ],
      HasMoreShards: false,
      RetentionPeriodHours: 24,
      StreamCreationTimestamp: expect.any(Date),
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      EncryptionType: "NONE",
    });
    const { StreamDescriptionSummary: summary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
    expect(summary).toMatchObject({ OpenShardCount: 1, ConsumerCount: 0, MaxRecordSizeInKiB: 1024 });
    expect(await kinesis.send(new DescribeLimitsCommand({}))).toMatchObject({ ShardLimit: 20_000 });
  });

  test("made without a shard count it has four shards", async () => {
    await kinesis.send(new CreateStreamCommand({ StreamName: "on-demand" }));
    expect((await shards(kinesis, "on-demand")).map((shard) => shard.HashKeyRange?.StartingHashKey)).toEqual([
      "0",
      "85070591730234615865843651857942052864",
      "170141183460469231731687303715884105728",
      "255211775190703847597530955573826158592",
    ]);
    await expect(
      kinesis.send(new SplitShardCommand({ StreamName: "on-demand", ShardToSplit: "0", NewStartingHashKey: "9" })),
    ).rejects.toEqual(
      failure(
        "ValidationException",
        `Request is invalid. Stream on-demand under account ${ACCOUNT} is in On-Demand mode.`,
      ),
    );
  });

  test("one that is not there is said so, by name or ARN", async () => {
    const missing = failure("ResourceNotFoundException", `Stream nope under account ${ACCOUNT} not found.`);
    await expect(kinesis.send(new DescribeStreamCommand({ StreamName: "nope" }))).rejects.toEqual(missing);
    await expect(kinesis.send(new DescribeStreamCommand({ StreamARN: arnOf("nope") }))).rejects.toEqual(missing);
    await expect(kinesis.send(new DescribeStreamCommand({}))).rejects.toEqual(
      failure("InvalidArgumentException", "Either StreamName or StreamARN should be provided."),
    );
  });

  test("a name is taken once, and free again when the stream is gone", async () => {
    const StreamName = await create(kinesis, "twice");
    await expect(create(kinesis, StreamName)).rejects.toEqual(
      failure("ResourceInUseException", `Stream twice under account ${ACCOUNT} already exists.`),
    );
    await put(kinesis, StreamName, "lost");
    const ShardIterator = await iterator(kinesis, StreamName);
    await kinesis.send(new DeleteStreamCommand({ StreamARN: arnOf(StreamName) }));
    await cloud.clock.advance("1 second");
    await create(kinesis, StreamName);
    expect(await read(kinesis, StreamName)).toEqual([]);
    await expect(kinesis.send(new GetRecordsCommand({ ShardIterator }))).rejects.toEqual(
      failure(
        "ResourceNotFoundException",
        `Shard shardId-000000000000 in stream twice under account ${ACCOUNT} does not exist`,
      ),
    );
  });

  test("streams are listed by name, in pages", async () => {
    for (const name of ["z-1", "z-2", "z-3"]) await create(kinesis, name);
    const first = await kinesis.send(new ListStreamsCommand({ ExclusiveStartStreamName: "z", Limit: 2 }));
    expect(first).toMatchObject({ StreamNames: ["z-1", "z-2"], HasMoreStreams: true });
    const { NextToken } = first;
    const second = await kinesis.send(new ListStreamsCommand({ NextToken }));
    expect(second).toMatchObject({ StreamNames: ["z-3"], HasMoreStreams: false });
    expect(second.StreamSummaries?.[0]).toMatchObject({ StreamARN: arnOf("z-3"), StreamStatus: "ACTIVE" });
  });

  test("tags are the same by both of their families", async () => {
    const StreamName = await create(kinesis, "tagged");
    await kinesis.send(new AddTagsToStreamCommand({ StreamName, Tags: { b: "2", a: "1" } }));
    await kinesis.send(new TagResourceCommand({ ResourceARN: arnOf(StreamName), Tags: { c: "3" } }));
    const all = [
      { Key: "a", Value: "1" },
      { Key: "b", Value: "2" },
      { Key: "c", Value: "3" },
    ];
    const listed = await kinesis.send(new ListTagsForStreamCommand({ StreamName, Limit: 2 }));
    expect([listed.Tags, listed.HasMoreTags]).toEqual([all.slice(0, 2), true]);
    expect((await kinesis.send(new ListTagsForResourceCommand({ ResourceARN: arnOf(StreamName) }))).Tags).toEqual(all);
    await kinesis.send(new RemoveTagsFromStreamCommand({ StreamName, TagKeys: ["a"] }));
    await kinesis.send(new UntagResourceCommand({ ResourceARN: arnOf(StreamName), TagKeys: ["b"] }));
    expect((await kinesis.send(new ListTagsForStreamCommand({ StreamName }))).Tags).toEqual(all.slice(2));
    await expect(kinesis.send(new AddTagsToStreamCommand({ StreamName, Tags: { "not;so": "x" } }))).rejects.toThrow(
      "Some tags contain invalid characters.",
    );
  });

  test("metrics are kept; ALL is all seven", async () => {
    const StreamName = await create(kinesis, "measured");
    const on = await kinesis.send(
      new EnableEnhancedMonitoringCommand({ StreamName, ShardLevelMetrics: ["IncomingBytes"] }),
    );
    expect([on.CurrentShardLevelMetrics, on.DesiredShardLevelMetrics]).toEqual([[], ["IncomingBytes"]]);
    await kinesis.send(new EnableEnhancedMonitoringCommand({ StreamName, ShardLevelMetrics: ["ALL"] }));
    const off = await kinesis.send(
      new DisableEnhancedMonitoringCommand({ StreamName, ShardLevelMetrics: ["IncomingBytes"] }),
    );
    expect([off.CurrentShardLevelMetrics?.length, off.DesiredShardLevelMetrics?.length]).toEqual([7, 6]);
  });
});

describe("retention", () => {
  test("records go after a day, or as long as the stream says, and give their memory back", async () => {
    const StreamName = await create(kinesis, "kept");
    await put(kinesis, StreamName, "old");
    await cloud.clock.advance("23 hours");
    await put(kinesis, StreamName, "new");
    expect(await read(kinesis, StreamName)).toEqual(["old", "new"]);
    await cloud.clock.advance("61 minutes");
    expect(await read(kinesis, StreamName)).toEqual(["new"]);
    await kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 48 }));
    // What had gone does not come back.
    expect(await read(kinesis, StreamName)).toEqual(["new"]);
    await cloud.clock.advance("30 hours");
    expect(await read(kinesis, StreamName)).toEqual(["new"]);
    await kinesis.send(new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 24 }));
    expect(await read(kinesis, StreamName)).toEqual([]);
  });

  test.each([
    [23, "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short."],
    [8761, "Maximum allowed retention period is 8760 hours. Requested retention period (8761 hours) is too long."],
  ])("%i hours are refused", async (RetentionPeriodHours, message) => {
    await create(kinesis, "limits").catch(() => undefined);
    await expect(
      kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName: "limits", RetentionPeriodHours })),
    ).rejects.toEqual(failure("InvalidArgumentException", message));
  });

  test("each way has its own call", async () => {
    const StreamName = await create(kinesis, "ways");
    await kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 48 }));
    await expect(
      kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 24 })),
    ).rejects.toThrow(
      "Requested retention period (24 hours) for stream ways can not be shorter than existing retention period (48 hours). Use DecreaseRetentionPeriod API.",
    );
    await expect(
      kinesis.send(new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 72 })),
    ).rejects.toThrow(
      "Requested retention period (72 hours) for stream ways can not be longer than existing retention period (48 hours). Use IncreaseRetentionPeriod API.",
    );
  });
});

test("a fork goes its own way with the records it found", async () => {
  const StreamName = await create(kinesis, "forked");
  await put(kinesis, StreamName, "both");
  const fork = cloud.fork();
  const other = new KinesisClient(fork.clientConfig());
  await other.send(new PutRecordCommand({ StreamName, Data: Buffer.from("fork"), PartitionKey: "p" }));
  expect(await read(kinesis, StreamName)).toEqual(["both"]);
  fork.dispose();
});
