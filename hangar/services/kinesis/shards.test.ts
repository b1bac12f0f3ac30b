// Shards of Kinesis through its own client: split, merged, counted, listed.

import {
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  KinesisClient,
  ListShardsCommand,
  MergeShardsCommand,
  SplitShardCommand,
  UpdateShardCountCommand,
  UpdateStreamModeCommand,
  type ListShardsCommandInput,
  type Shard,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { ACCOUNT, arnOf, create, failure, iterator, put, shards, text } from "./test-streams.ts";

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

describe("shards", () => {
  const HALF = "170141183460469231731687303715884105728";

  test("a split shard closes, and hands over to two children", async () => {
    const StreamName = await create(kinesis, "split");
    await put(kinesis, StreamName, "before");
    await kinesis.send(new SplitShardCommand({ StreamName, ShardToSplit: "0", NewStartingHashKey: HALF }));
    const listed = await shards(kinesis, StreamName);
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
    const answer = await kinesis.send(new GetRecordsCommand({ ShardIterator: await iterator(kinesis, StreamName) }));
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
    const StreamName = await create(kinesis, "merged", 3);
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
    expect((await shards(kinesis, StreamName)).at(-1)).toMatchObject({
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
    const StreamName = await create(kinesis, `scaled-${from}-${to}`, from);
    expect(
      await kinesis.send(
        new UpdateShardCountCommand({ StreamName, TargetShardCount: to, ScalingType: "UNIFORM_SCALING" }),
      ),
    ).toMatchObject({ CurrentShardCount: from, TargetShardCount: to, StreamARN: arnOf(StreamName) });
    const even = await shards(kinesis, await create(kinesis, `even-${from}-${to}`, to));
    const open = await shards(kinesis, StreamName, { ShardFilter: { Type: "AT_LATEST" } });
    const ranges = (list: Shard[]): string[] =>
      list.map((shard) => shard.HashKeyRange?.StartingHashKey ?? "").toSorted((a, b) => a.localeCompare(b));
    expect(ranges(open)).toEqual(ranges(even));
  });

  test("UpdateShardCount goes no further than double or half, ten times a day", async () => {
    const StreamName = await create(kinesis, "bounded", 4);
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
    const StreamName = await create(kinesis, "listed", 2);
    await cloud.clock.advance("1 hour");
    const Timestamp = new Date(cloud.clock.now());
    await cloud.clock.advance("1 hour");
    await kinesis.send(new MergeShardsCommand({ StreamName, ShardToMerge: "0", AdjacentShardToMerge: "1" }));
    const ids = async (filter: ListShardsCommandInput["ShardFilter"]): Promise<string[]> =>
      (await shards(kinesis, StreamName, { ShardFilter: filter })).map((shard) => shard.ShardId?.at(-1) ?? "");
    expect(await ids({ Type: "AT_LATEST" })).toEqual(["2"]);
    expect(await ids({ Type: "AT_TRIM_HORIZON" })).toEqual(["0", "1"]);
    expect(await ids({ Type: "FROM_TRIM_HORIZON" })).toEqual(["0", "1", "2"]);
    expect(await ids({ Type: "AT_TIMESTAMP", Timestamp })).toEqual(["0", "1"]);
    expect(await ids({ Type: "FROM_TIMESTAMP", Timestamp })).toEqual(["0", "1", "2"]);
    expect(await ids({ Type: "AFTER_SHARD_ID", ShardId: "shardId-000000000000" })).toEqual(["1", "2"]);
    const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
    const StreamCreationTimestamp = StreamDescriptionSummary?.StreamCreationTimestamp;
    expect(await shards(kinesis, StreamName, { StreamCreationTimestamp })).toHaveLength(3);
    await expect(shards(kinesis, StreamName, { StreamCreationTimestamp: Timestamp })).rejects.toMatchObject({
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
    const StreamARN = arnOf(await create(kinesis, "moded"));
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
