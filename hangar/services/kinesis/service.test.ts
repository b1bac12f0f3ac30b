// Kinesis Data Streams through its own client: streams, shards, records, consumers.

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
  GetShardIteratorCommand,
  IncreaseStreamRetentionPeriodCommand,
  KinesisClient,
  ListShardsCommand,
  ListStreamsCommand,
  ListTagsForResourceCommand,
  ListTagsForStreamCommand,
  MergeShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  RemoveTagsFromStreamCommand,
  SplitShardCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateMaxRecordSizeCommand,
  UpdateShardCountCommand,
  UpdateStreamModeCommand,
  type GetShardIteratorCommandInput,
  type ListShardsCommandInput,
  type Shard,
  type _Record,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

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

const ACCOUNT = "000000000000";
const arnOf = (name: string): string => `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/${name}`;
const failure = (name: string, message: string): unknown => expect.objectContaining({ name, message });
const text = (records: readonly _Record[] | undefined): string[] =>
  (records ?? []).map((record) => Buffer.from(record.Data ?? []).toString());

async function create(StreamName: string, ShardCount = 1): Promise<string> {
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount }));
  return StreamName;
}

async function put(StreamName: string, data: string, PartitionKey = "p"): Promise<string> {
  const { SequenceNumber = "" } = await kinesis.send(
    new PutRecordCommand({ StreamName, Data: Buffer.from(data), PartitionKey }),
  );
  return SequenceNumber;
}

async function shards(StreamName: string, more: Partial<ListShardsCommandInput> = {}): Promise<Shard[]> {
  return (await kinesis.send(new ListShardsCommand({ StreamName, ...more }))).Shards ?? [];
}

async function iterator(
  StreamName: string,
  more: Partial<GetShardIteratorCommandInput> = {},
): Promise<string | undefined> {
  const input = { StreamName, ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON" as const, ...more };
  return (await kinesis.send(new GetShardIteratorCommand(input))).ShardIterator;
}

async function read(StreamName: string, more: Partial<GetShardIteratorCommandInput> = {}): Promise<string[]> {
  const ShardIterator = await iterator(StreamName, more);
  return text((await kinesis.send(new GetRecordsCommand({ ShardIterator }))).Records);
}

describe("streams", () => {
  test("a stream is described as AWS does", async () => {
    const StreamName = await create("described");
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
    expect((await shards("on-demand")).map((shard) => shard.HashKeyRange?.StartingHashKey)).toEqual([
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
    const StreamName = await create("twice");
    await expect(create(StreamName)).rejects.toEqual(
      failure("ResourceInUseException", `Stream twice under account ${ACCOUNT} already exists.`),
    );
    await put(StreamName, "lost");
    const ShardIterator = await iterator(StreamName);
    await kinesis.send(new DeleteStreamCommand({ StreamARN: arnOf(StreamName) }));
    await cloud.clock.advance("1 second");
    await create(StreamName);
    expect(await read(StreamName)).toEqual([]);
    await expect(kinesis.send(new GetRecordsCommand({ ShardIterator }))).rejects.toEqual(
      failure(
        "ResourceNotFoundException",
        `Shard shardId-000000000000 in stream twice under account ${ACCOUNT} does not exist`,
      ),
    );
  });

  test("streams are listed by name, in pages", async () => {
    for (const name of ["z-1", "z-2", "z-3"]) await create(name);
    const first = await kinesis.send(new ListStreamsCommand({ ExclusiveStartStreamName: "z", Limit: 2 }));
    expect(first).toMatchObject({ StreamNames: ["z-1", "z-2"], HasMoreStreams: true });
    const { NextToken } = first;
    const second = await kinesis.send(new ListStreamsCommand({ NextToken }));
    expect(second).toMatchObject({ StreamNames: ["z-3"], HasMoreStreams: false });
    expect(second.StreamSummaries?.[0]).toMatchObject({ StreamARN: arnOf("z-3"), StreamStatus: "ACTIVE" });
  });

  test("tags are the same by both of their families", async () => {
    const StreamName = await create("tagged");
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
    const StreamName = await create("measured");
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

describe("records", () => {
  test("come back in order, with what AWS says of them", async () => {
    const StreamName = await create("ordered");
    const first = await put(StreamName, "a");
    const second = await put(StreamName, "b", "other");
    expect(first.length).toBe(56);
    expect(second > first).toBe(true);
    const ShardIterator = await iterator(StreamName);
    const answer = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    expect(answer).toMatchObject({ MillisBehindLatest: 0, NextShardIterator: expect.any(String) });
    expect(answer.Records?.[1]).toEqual({
      Data: new Uint8Array(Buffer.from("b")),
      PartitionKey: "other",
      SequenceNumber: second,
      ApproximateArrivalTimestamp: expect.any(Date),
    });
    const next = await kinesis.send(new GetRecordsCommand({ ShardIterator: answer.NextShardIterator }));
    expect(next.Records).toEqual([]);
  });

  test("fall into the shard of their partition key's MD5, or of their explicit hash key", async () => {
    const StreamName = await create("placed", 3);
    const Data = Buffer.from("x");
    const { Records, FailedRecordCount } = await kinesis.send(
      new PutRecordsCommand({
        StreamName,
        Records: [
          { Data, PartitionKey: "a" },
          { Data, PartitionKey: "b" },
          { Data, PartitionKey: "a", ExplicitHashKey: "340282366920938463463374607431768211455" },
          { Data, PartitionKey: "a", ExplicitHashKey: "113427455640312821154458202477256070485" },
        ],
      }),
    );
    // 0cc1… , 92eb… of thirds at 5555… and aaaa…
    expect(Records?.map((record) => record.ShardId?.at(-1))).toEqual(["0", "1", "2", "1"]);
    expect(FailedRecordCount).toBe(0);
    await expect(
      kinesis.send(
        new PutRecordCommand({
          StreamName,
          Data,
          PartitionKey: "a",
          ExplicitHashKey: "340282366920938463463374607431768211456",
        }),
      ),
    ).rejects.toEqual(
      failure(
        "InvalidArgumentException",
        "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was 340282366920938463463374607431768211456",
      ),
    );
  });

  test("are read from all five positions", async () => {
    const StreamName = await create("positions");
    const a = await put(StreamName, "a");
    await cloud.clock.advance("10 seconds");
    const Timestamp = new Date(cloud.clock.now());
    const b = await put(StreamName, "b");
    await put(StreamName, "c");
    const latest = await iterator(StreamName, { ShardIteratorType: "LATEST" });
    await put(StreamName, "d");
    expect(await read(StreamName, { ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber: b })).toEqual([
      "b",
      "c",
      "d",
    ]);
    expect(await read(StreamName, { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber: a })).toEqual([
      "b",
      "c",
      "d",
    ]);
    expect(await read(StreamName, { ShardIteratorType: "AT_TIMESTAMP", Timestamp })).toEqual(["b", "c", "d"]);
    expect(text((await kinesis.send(new GetRecordsCommand({ ShardIterator: latest }))).Records)).toEqual(["d"]);
    const [shard] = await shards(StreamName);
    const StartingSequenceNumber = shard?.SequenceNumberRange?.StartingSequenceNumber;
    expect(await read(StreamName, { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber })).toHaveLength(
      4,
    );
  });

  test.each([
    [
      { ShardIteratorType: "LATEST", StartingSequenceNumber: "1" },
      "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified LATEST and also a StartingSequenceNumber.",
    ],
    [
      { ShardIteratorType: "AT_SEQUENCE_NUMBER" },
      "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified AT_SEQUENCE_NUMBER and no StartingSequenceNumber.",
    ],
    [
      { ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber: "5" },
      `StartingSequenceNumber 5 used in GetShardIterator on shard shardId-000000000000 in stream refused under account ${ACCOUNT} is invalid.`,
    ],
    [
      { ShardIteratorType: "AT_TIMESTAMP" },
      "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.",
    ],
  ] as const)("an iterator for %j is refused", async (input, message) => {
    await create("refused").catch(() => undefined);
    await expect(iterator("refused", input)).rejects.toEqual(failure("InvalidArgumentException", message));
  });

  test("an iterator of another stream's number, or a shard that is not there, is refused", async () => {
    const one = await create("one");
    await cloud.clock.advance("2 seconds");
    const two = await create("two", 2);
    const StartingSequenceNumber = await put(one, "x");
    await expect(iterator(two, { ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber })).rejects.toThrow(
      "is invalid because it did not come from this stream.",
    );
    await expect(
      iterator(two, { ShardId: "1", ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber }),
    ).rejects.toThrow(
      "Invalid StartingSequenceNumber. It encodes shardId-000000000000, while it was used in a call to a shard with shardId-000000000001",
    );
    await expect(iterator(two, { ShardId: "shardId-000000000007" })).rejects.toEqual(
      failure(
        "ResourceNotFoundException",
        `Shard shardId-000000000007 in stream two under account ${ACCOUNT} does not exist`,
      ),
    );
    await expect(iterator(two, { ShardId: "what" })).rejects.toEqual(
      failure("ResourceNotFoundException", `Could not find shard what in stream two under account ${ACCOUNT}.`),
    );
    await expect(kinesis.send(new GetRecordsCommand({ ShardIterator: "AAAA" }))).rejects.toEqual(
      failure("InvalidArgumentException", "Invalid ShardIterator."),
    );
  });

  test("an iterator lasts five minutes", async () => {
    const StreamName = await create("expiring");
    const ShardIterator = await iterator(StreamName);
    await cloud.clock.advance("5 minutes");
    await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    await cloud.clock.advance("1 second");
    await expect(kinesis.send(new GetRecordsCommand({ ShardIterator }))).rejects.toEqual(
      expect.objectContaining({
        name: "ExpiredIteratorException",
        message: expect.stringMatching(
          /^Iterator expired\. The iterator was created at time \w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4} while right now it is .* which is further in the future than the tolerated delay of 300000 milliseconds\.$/,
        ),
      }),
    );
  });

  test("an answer stops at the limit, and says how far behind it is", async () => {
    const StreamName = await create("behind");
    for (const data of ["a", "b", "c"]) {
      await put(StreamName, data);
      await cloud.clock.advance("1 second");
    }
    const answer = await kinesis.send(new GetRecordsCommand({ ShardIterator: await iterator(StreamName), Limit: 2 }));
    expect([text(answer.Records), answer.MillisBehindLatest]).toEqual([["a", "b"], 2000]);
    const rest = await kinesis.send(new GetRecordsCommand({ ShardIterator: answer.NextShardIterator }));
    expect([text(rest.Records), rest.MillisBehindLatest]).toEqual([["c"], 0]);
  });

  test("an answer has at most 10 MiB", async () => {
    const StreamName = await create("large");
    const Data = Buffer.alloc(1_000_000);
    for (let count = 0; count < 11; count += 1)
      await kinesis.send(new PutRecordCommand({ StreamName, Data, PartitionKey: "p" }));
    const answer = await kinesis.send(new GetRecordsCommand({ ShardIterator: await iterator(StreamName) }));
    expect(answer.Records).toHaveLength(10);
  });

  test("a record with its key may be as large as the stream says, a request 10 MiB", async () => {
    const StreamName = await create("sized");
    const Data = Buffer.alloc(1_048_576);
    const tooLong = failure(
      "ValidationException",
      "1 validation error detected: Value at 'data' failed to satisfy constraint: Member must have length less than or equal to 1048576",
    );
    const record = { StreamName, Data, PartitionKey: "p" };
    await expect(kinesis.send(new PutRecordCommand(record))).rejects.toEqual(tooLong);
    await kinesis.send(new UpdateMaxRecordSizeCommand({ StreamARN: arnOf(StreamName), MaxRecordSizeInKiB: 2048 }));
    await kinesis.send(new PutRecordCommand(record));
    const Records = Array.from({ length: 10 }, () => ({ Data, PartitionKey: "p" }));
    await expect(kinesis.send(new PutRecordsCommand({ StreamName, Records }))).rejects.toEqual(
      failure("InvalidArgumentException", "Records size exceeds 10 MB limit"),
    );
    const many = Array.from({ length: 501 }, () => ({ Data: Buffer.from("x"), PartitionKey: "p" }));
    await expect(kinesis.send(new PutRecordsCommand({ StreamName, Records: many }))).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining("Member must have length less than or equal to 500"),
    });
  });

  test("a number to order by must be one that may exist", async () => {
    const StreamName = await create("numbered");
    const SequenceNumberForOrdering = await put(StreamName, "a");
    const record = { StreamName, Data: Buffer.from("b"), PartitionKey: "p" };
    await kinesis.send(new PutRecordCommand({ ...record, SequenceNumberForOrdering }));
    await expect(kinesis.send(new PutRecordCommand({ ...record, SequenceNumberForOrdering: "7" }))).rejects.toEqual(
      failure(
        "InvalidArgumentException",
        `ExclusiveMinimumSequenceNumber 7 used in PutRecord on stream numbered under account ${ACCOUNT} is invalid.`,
      ),
    );
  });
});

describe("throughput, where the stream asks for it", () => {
  const exceeded = (stream: string): string =>
    `Rate exceeded for shard shardId-000000000000 in stream ${stream} under account ${ACCOUNT}.`;

  async function enforced(StreamName: string): Promise<string> {
    await create(StreamName);
    await kinesis.send(new AddTagsToStreamCommand({ StreamName, Tags: { "hangar:throughput": "enforced" } }));
    return StreamName;
  }

  test("of PutRecords single records fail above 1,000 or 1 MiB a second", async () => {
    const StreamName = await enforced("enforced-writes");
    const Records = Array.from({ length: 400 }, () => ({ Data: Buffer.from("x"), PartitionKey: "p" }));
    const write = () => kinesis.send(new PutRecordsCommand({ StreamName, Records }));
    expect([(await write()).FailedRecordCount, (await write()).FailedRecordCount]).toEqual([0, 0]);
    const third = await write();
    expect(third.FailedRecordCount).toBe(200);
    expect(third.Records?.[199]).toMatchObject({ ShardId: "shardId-000000000000" });
    expect(third.Records?.[200]).toEqual({
      ErrorCode: "ProvisionedThroughputExceededException",
      ErrorMessage: exceeded(StreamName),
    });
    const Data = Buffer.alloc(1_000_000);
    const large = new PutRecordCommand({ StreamName, Data, PartitionKey: "p" });
    await expect(kinesis.send(large)).rejects.toEqual(
      failure("ProvisionedThroughputExceededException", exceeded(StreamName)),
    );
    await cloud.clock.advance("1 second");
    await kinesis.send(large);
    await expect(kinesis.send(large)).rejects.toThrow(exceeded(StreamName));
  });

  test("five reads a second, and after a large one a pause", async () => {
    const StreamName = await enforced("enforced-reads");
    const Data = Buffer.alloc(1_000_000);
    for (let count = 0; count < 4; count += 1) {
      await kinesis.send(new PutRecordCommand({ StreamName, Data, PartitionKey: "p" }));
      await cloud.clock.advance("1 second");
    }
    const ShardIterator = await iterator(StreamName, { ShardIteratorType: "LATEST" });
    const nothing = new GetRecordsCommand({ ShardIterator });
    for (let count = 0; count < 5; count += 1) await kinesis.send(nothing);
    await expect(kinesis.send(nothing)).rejects.toThrow(exceeded(StreamName));
    await cloud.clock.advance("1 second");
    expect(await read(StreamName)).toHaveLength(4);
    await expect(kinesis.send(nothing)).rejects.toThrow(exceeded(StreamName));
    await cloud.clock.advance("2 seconds");
    await kinesis.send(nothing);
  });
});

describe("retention", () => {
  test("records go after a day, or as long as the stream says, and give their memory back", async () => {
    const StreamName = await create("kept");
    await put(StreamName, "old");
    await cloud.clock.advance("23 hours");
    await put(StreamName, "new");
    expect(await read(StreamName)).toEqual(["old", "new"]);
    await cloud.clock.advance("61 minutes");
    expect(await read(StreamName)).toEqual(["new"]);
    await kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 48 }));
    // What had gone does not come back.
    expect(await read(StreamName)).toEqual(["new"]);
    await cloud.clock.advance("30 hours");
    expect(await read(StreamName)).toEqual(["new"]);
    await kinesis.send(new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 24 }));
    expect(await read(StreamName)).toEqual([]);
  });

  test.each([
    [23, "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short."],
    [8761, "Maximum allowed retention period is 8760 hours. Requested retention period (8761 hours) is too long."],
  ])("%i hours are refused", async (RetentionPeriodHours, message) => {
    await create("limits").catch(() => undefined);
    await expect(
      kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName: "limits", RetentionPeriodHours })),
    ).rejects.toEqual(failure("InvalidArgumentException", message));
  });

  test("each way has its own call", async () => {
    const StreamName = await create("ways");
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

describe("shards", () => {
  const HALF = "170141183460469231731687303715884105728";

  test("a split shard closes, and hands over to two children", async () => {
    const StreamName = await create("split");
    await put(StreamName, "before");
    await kinesis.send(new SplitShardCommand({ StreamName, ShardToSplit: "0", NewStartingHashKey: HALF }));
    const listed = await shards(StreamName);
    expect(listed.map(({ ShardId, ParentShardId, HashKeyRange }) => [ShardId, ParentShardId, HashKeyRange])).toEqual([
      ["shardId-000000000000", undefined, expect.anything()],
      ["shardId-000000000001", "shardId-000000000000", { StartingHashKey: "0", EndingHashKey: decrement(HALF) }],
      [
        "shardId-000000000002",
        "shardId-000000000000",
        { StartingHashKey: HALF, EndingHashKey: "340282366920938463463374607431768211455" },
      ],
    ]);
    const ends = listed[0]?.SequenceNumberRange?.EndingSequenceNumber ?? "";
    expect(ends < (listed[1]?.SequenceNumberRange?.StartingSequenceNumber ?? "")).toBe(true);
    const answer = await kinesis.send(new GetRecordsCommand({ ShardIterator: await iterator(StreamName) }));
    expect(text(answer.Records)).toEqual(["before"]);
    expect(answer.NextShardIterator).toBeUndefined();
    expect(answer.ChildShards?.map((child) => [child.ShardId, child.ParentShards])).toEqual([
      ["shardId-000000000001", ["shardId-000000000000"]],
      ["shardId-000000000002", ["shardId-000000000000"]],
    ]);
    await expect(
      kinesis.send(new SplitShardCommand({ StreamName, ShardToSplit: "0", NewStartingHashKey: HALF })),
    ).rejects.toEqual(
      failure(
        "InvalidArgumentException",
        `Shard shardId-000000000000 in stream split under account ${ACCOUNT} has already been merged or split, and thus is not eligible for merging or splitting.`,
      ),
    );
    await expect(
      kinesis.send(new SplitShardCommand({ StreamName, ShardToSplit: "1", NewStartingHashKey: "1" })),
    ).rejects.toThrow(
      `NewStartingHashKey 1 used in SplitShard() on shard shardId-000000000001 in stream split under account ${ACCOUNT} is not both greater than one plus the shard's StartingHashKey 0 and less than the shard's EndingHashKey ${decrement(HALF)}.`,
    );
  });

  test("neighbours merge into one", async () => {
    const StreamName = await create("merged", 3);
    await expect(
      kinesis.send(new MergeShardsCommand({ StreamName, ShardToMerge: "0", AdjacentShardToMerge: "2" })),
    ).rejects.toEqual(
      failure(
        "InvalidArgumentException",
        `Shards shardId-000000000000 and shardId-000000000002 in stream merged under account ${ACCOUNT} are not an adjacent pair of shards eligible for merging`,
      ),
    );
    await kinesis.send(
      new MergeShardsCommand({
        StreamName,
        ShardToMerge: "shardId-000000000000",
        AdjacentShardToMerge: "shardId-000000000001",
      }),
    );
    expect((await shards(StreamName)).at(-1)).toMatchObject({
      ShardId: "shardId-000000000003",
      ParentShardId: "shardId-000000000000",
      AdjacentParentShardId: "shardId-000000000001",
    });
  });

  test.each([
    [2, 4],
    [4, 5],
    [5, 3],
    [10, 7],
  ])("UpdateShardCount goes from %i to %i even shards", async (from, to) => {
    const StreamName = await create(`scaled-${from}-${to}`, from);
    expect(
      await kinesis.send(
        new UpdateShardCountCommand({ StreamName, TargetShardCount: to, ScalingType: "UNIFORM_SCALING" }),
      ),
    ).toMatchObject({ CurrentShardCount: from, TargetShardCount: to, StreamARN: arnOf(StreamName) });
    const even = await shards(await create(`even-${from}-${to}`, to));
    const open = await shards(StreamName, { ShardFilter: { Type: "AT_LATEST" } });
    const ranges = (list: Shard[]): string[] =>
      list.map((shard) => shard.HashKeyRange?.StartingHashKey ?? "").toSorted((a, b) => a.localeCompare(b));
    expect(ranges(open)).toEqual(ranges(even));
  });

  test("UpdateShardCount goes no further than double or half, ten times a day", async () => {
    const StreamName = await create("bounded", 4);
    const scale = (TargetShardCount: number): Promise<unknown> =>
      kinesis.send(new UpdateShardCountCommand({ StreamName, TargetShardCount, ScalingType: "UNIFORM_SCALING" }));
    await expect(scale(9)).rejects.toEqual(
      failure(
        "LimitExceededException",
        "UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: 4, Target shard count: 9",
      ),
    );
    await expect(scale(1)).rejects.toThrow("UpdateShardCount cannot scale down below half");
    for (let count = 0; count < 10; count += 1) await scale(count % 2 === 0 ? 3 : 4);
    await expect(scale(3)).rejects.toMatchObject({ name: "LimitExceededException" });
    await cloud.clock.advance("24 hours");
    await scale(3);
  });

  test("are listed by time, in pages whose tokens last five minutes", async () => {
    const StreamName = await create("listed", 2);
    await cloud.clock.advance("1 hour");
    const Timestamp = new Date(cloud.clock.now());
    await cloud.clock.advance("1 hour");
    await kinesis.send(new MergeShardsCommand({ StreamName, ShardToMerge: "0", AdjacentShardToMerge: "1" }));
    const ids = async (filter: ListShardsCommandInput["ShardFilter"]): Promise<string[]> =>
      (await shards(StreamName, { ShardFilter: filter })).map((shard) => shard.ShardId?.at(-1) ?? "");
    expect(await ids({ Type: "AT_LATEST" })).toEqual(["2"]);
    expect(await ids({ Type: "AT_TRIM_HORIZON" })).toEqual(["0", "1"]);
    expect(await ids({ Type: "FROM_TRIM_HORIZON" })).toEqual(["0", "1", "2"]);
    expect(await ids({ Type: "AT_TIMESTAMP", Timestamp })).toEqual(["0", "1"]);
    expect(await ids({ Type: "FROM_TIMESTAMP", Timestamp })).toEqual(["0", "1", "2"]);
    expect(await ids({ Type: "AFTER_SHARD_ID", ShardId: "shardId-000000000000" })).toEqual(["1", "2"]);
    const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
    const StreamCreationTimestamp = StreamDescriptionSummary?.StreamCreationTimestamp;
    expect(await shards(StreamName, { StreamCreationTimestamp })).toHaveLength(3);
    await expect(shards(StreamName, { StreamCreationTimestamp: Timestamp })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    const page = await kinesis.send(new ListShardsCommand({ StreamName, MaxResults: 2 }));
    const { NextToken } = page;
    expect((await kinesis.send(new ListShardsCommand({ NextToken }))).Shards?.map((shard) => shard.ShardId)).toEqual([
      "shardId-000000000002",
    ]);
    await expect(kinesis.send(new ListShardsCommand({ NextToken, StreamName }))).rejects.toEqual(
      failure("InvalidArgumentException", "NextToken and StreamName cannot be provided together."),
    );
    await cloud.clock.advance("301 seconds");
    await expect(kinesis.send(new ListShardsCommand({ NextToken }))).rejects.toMatchObject({
      name: "ExpiredNextTokenException",
    });
    // Closed shards are forgotten with their records.
    await cloud.clock.advance("24 hours");
    expect(await ids({ Type: "FROM_TRIM_HORIZON" })).toEqual(["2"]);
    await expect(kinesis.send(new ListShardsCommand({}))).rejects.toEqual(
      failure("InvalidArgumentException", "Either NextToken or StreamName should be provided."),
    );
  });

  test("a stream changes its mode twice a day", async () => {
    const StreamARN = arnOf(await create("moded"));
    const change = (StreamMode: "ON_DEMAND" | "PROVISIONED"): Promise<unknown> =>
      kinesis.send(new UpdateStreamModeCommand({ StreamARN, StreamModeDetails: { StreamMode } }));
    await change("ON_DEMAND");
    await change("PROVISIONED");
    await expect(change("ON_DEMAND")).rejects.toMatchObject({ name: "LimitExceededException" });
    await cloud.clock.advance("1 day");
    await change("ON_DEMAND");
  });
});

function decrement(decimal: string): string {
  return String(BigInt(decimal) - 1n);
}

test("a fork goes its own way with the records it found", async () => {
  const StreamName = await create("forked");
  await put(StreamName, "both");
  const fork = cloud.fork();
  const other = new KinesisClient(fork.clientConfig());
  await other.send(new PutRecordCommand({ StreamName, Data: Buffer.from("fork"), PartitionKey: "p" }));
  expect(await read(StreamName)).toEqual(["both"]);
  fork.dispose();
});
