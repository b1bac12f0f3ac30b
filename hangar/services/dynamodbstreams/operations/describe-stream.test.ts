// Shards of streams: how they follow one another, how they are listed, and when they are gone.

import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  TagResourceCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  type Tag,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type DescribeStreamCommandOutput,
  type Shard,
} from "@aws-sdk/client-dynamodb-streams";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;
let streams: DynamoDBStreamsClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "shards" });
  // Clients sign with the host's time: a held clock moves away from it without their signatures growing old.
  cloud.clock.hold();
  client = new DynamoDBClient(cloud.clientConfig());
  streams = new DynamoDBStreamsClient(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function streamed(TableName: string, Tags?: Tag[]): Promise<string> {
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
      Tags,
    }),
  );
  return TableDescription?.LatestStreamArn ?? "";
}

const put = (TableName: string, id: string) => client.send(new PutItemCommand({ TableName, Item: { id: { S: id } } }));

async function shards(StreamArn: string): Promise<Shard[]> {
  return (await streams.send(new DescribeStreamCommand({ StreamArn }))).StreamDescription?.Shards ?? [];
}

/** Ids of a shard's records, oldest first, and whether there may be more one day. */
async function read(StreamArn: string, ShardId: string | undefined): Promise<{ ids: string[]; open: boolean }> {
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
  );
  const { Records = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator }));
  return {
    ids: Records.map((record) => record.dynamodb?.Keys?.["id"]?.S ?? ""),
    open: NextShardIterator !== undefined,
  };
}

test("every four hours a shard closes and its child goes on, written to or not", async () => {
  const arn = await streamed("Rolled");
  await put("Rolled", "a");
  await cloud.clock.advance("5 hours");
  await put("Rolled", "b");
  await cloud.clock.advance("8 hours");
  const found = await shards(arn);
  expect(found.map((shard) => shard.ParentShardId)).toEqual([undefined, ...found.slice(0, -1).map((s) => s.ShardId)]);
  expect(await Promise.all(found.map((shard) => read(arn, shard.ShardId)))).toEqual([
    { ids: ["a"], open: false },
    { ids: ["b"], open: false },
    { ids: [], open: false },
    { ids: [], open: true },
  ]);
  const ranges = found.map(({ SequenceNumberRange: range }) => [
    BigInt(range?.StartingSequenceNumber ?? 0),
    BigInt(range?.EndingSequenceNumber ?? 0),
  ]);
  for (const [first = 0n, last = 0n] of ranges.slice(0, -1)) expect(last >= first).toBe(true);
  expect(ranges.at(-1)?.[1]).toBe(0n);
  expect(ranges.map(([first]) => first)).toEqual(
    ranges.map(([first]) => first).toSorted((a, b) => ((a ?? 0n) < (b ?? 0n) ? -1 : 1)),
  );
});

test("a closed shard is gone after a day, with its records", async () => {
  const arn = await streamed("Gone");
  await put("Gone", "a");
  await cloud.clock.advance("4 hours");
  const [first] = await shards(arn);
  await cloud.clock.advance("24 hours");
  const left = await shards(arn);
  expect(left).not.toContainEqual(expect.objectContaining({ ShardId: first?.ShardId }));
  await expect(read(arn, first?.ShardId)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  // However long nobody looks, there are no more shards than a day has.
  await cloud.clock.advance("400 days");
  expect((await shards(arn)).length).toBeLessThan(9);
});

test("a table with several partitions has as many shards, and an item keeps to one", async () => {
  const arn = await streamed("Wide", [{ Key: "hangar:partitions", Value: "4" }]);
  const ids = Array.from({ length: 40 }, (_, index) => `item-${index}`);
  for (const id of ids) await put("Wide", id);
  for (const id of ids)
    await client.send(
      new UpdateItemCommand({
        TableName: "Wide",
        Key: { id: { S: id } },
        UpdateExpression: "SET n = :n",
        ExpressionAttributeValues: { ":n": { N: "1" } },
      }),
    );
  const open = await shards(arn);
  const contents = await Promise.all(open.map(async (shard) => (await read(arn, shard.ShardId)).ids));
  expect(open).toHaveLength(4);
  expect(contents.every((each) => each.length > 0)).toBe(true);
  expect(contents.flat().toSorted()).toEqual([...ids, ...ids].toSorted());
  for (const each of contents) expect(each.slice(0, each.length / 2)).toEqual(each.slice(each.length / 2));
});

test("more partitions split a shard in two: its children are those of CHILD_SHARDS", async () => {
  const arn = await streamed("Split");
  await put("Split", "before");
  const [parent] = await shards(arn);
  await client.send(
    new TagResourceCommand({
      ResourceArn: arn.slice(0, arn.indexOf("/stream/")),
      Tags: [{ Key: "hangar:partitions", Value: "2" }],
    }),
  );
  for (let index = 0; index < 20; index += 1) await put("Split", `after-${index}`);
  const all = await shards(arn);
  expect(all.map((shard) => shard.ParentShardId)).toEqual([undefined, parent?.ShardId, parent?.ShardId]);
  expect(await read(arn, parent?.ShardId)).toEqual({ ids: ["before"], open: false });
  const { StreamDescription } = await streams.send(
    new DescribeStreamCommand({ StreamArn: arn, ShardFilter: { Type: "CHILD_SHARDS", ShardId: parent?.ShardId } }),
  );
  expect(StreamDescription?.Shards).toEqual(all.slice(1));
  const pages: (string | undefined)[] = [];
  for (let start: string | undefined; ;) {
    const page: DescribeStreamCommandOutput = await streams.send(
      new DescribeStreamCommand({ StreamArn: arn, Limit: 2, ExclusiveStartShardId: start }),
    );
    pages.push(...(page.StreamDescription?.Shards ?? []).map((shard) => shard.ShardId));
    start = page.StreamDescription?.LastEvaluatedShardId;
    if (start === undefined) break;
  }
  expect(pages).toEqual(all.map((shard) => shard.ShardId));
});

test("a stream that is turned off is closed and stays for a day; the next has a name of its own", async () => {
  const TableName = "Switched";
  const arn = await streamed(TableName);
  await put(TableName, "a");
  const turn = (StreamSpecification: { StreamEnabled: boolean; StreamViewType?: "NEW_IMAGE" }) =>
    client.send(new UpdateTableCommand({ TableName, StreamSpecification }));
  await turn({ StreamEnabled: false });
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: arn }));
  expect(StreamDescription).toMatchObject({
    StreamStatus: "DISABLED",
    Shards: [{ SequenceNumberRange: { EndingSequenceNumber: expect.any(String) } }],
  });
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  expect([Table?.StreamSpecification, Table?.LatestStreamArn]).toEqual([undefined, arn]);
  // Even in the same instant of a held clock.
  const { TableDescription } = await turn({ StreamEnabled: true, StreamViewType: "NEW_IMAGE" });
  expect(TableDescription?.LatestStreamArn).not.toBe(arn);
  expect(TableDescription?.LatestStreamArn).toMatch(/\/stream\/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/);
  expect(TableDescription?.LatestStreamArn?.endsWith(TableDescription.LatestStreamLabel ?? "-")).toBe(true);
  await expect(turn({ StreamEnabled: true, StreamViewType: "NEW_IMAGE" })).rejects.toMatchObject({
    name: "ValidationException",
    message: "Table already has an enabled stream: TableName: Switched",
  });
  expect(await read(arn, StreamDescription?.Shards?.[0]?.ShardId)).toEqual({ ids: ["a"], open: false });
  const listed = async () =>
    (await streams.send(new ListStreamsCommand({ TableName }))).Streams?.map((stream) => stream.StreamArn);
  expect(await listed()).toEqual([arn, TableDescription?.LatestStreamArn]);
  await cloud.clock.advance("24 hours");
  expect(await listed()).toEqual([TableDescription?.LatestStreamArn]);
  await expect(streams.send(new DescribeStreamCommand({ StreamArn: arn }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("a deleted table's stream can be read for a day, and is listed page by page with the others", async () => {
  const arn = await streamed("Deleted");
  await put("Deleted", "a");
  await client.send(new DeleteTableCommand({ TableName: "Deleted" }));
  expect((await read(arn, (await shards(arn))[0]?.ShardId)).ids).toEqual(["a"]);
  const all = (await streams.send(new ListStreamsCommand({}))).Streams ?? [];
  expect(all.length).toBeGreaterThan(3);
  const first = await streams.send(new ListStreamsCommand({ Limit: 2 }));
  const rest = await streams.send(new ListStreamsCommand({ ExclusiveStartStreamArn: first.LastEvaluatedStreamArn }));
  expect([...(first.Streams ?? []), ...(rest.Streams ?? [])]).toEqual(all);
  expect(rest.LastEvaluatedStreamArn).toBeUndefined();
});

// Recorded from AWS: TestDynamoDBStreams::test_non_existent_stream.
test("a stream that is not there is named; what is no stream's ARN is invalid", async () => {
  const StreamArn = "arn:aws:dynamodb:us-east-1:000000000000:table/Nothing/stream/2024-11-18T14:36:44.149";
  await expect(streams.send(new DescribeStreamCommand({ StreamArn }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: `Requested resource not found: Stream: ${StreamArn} not found`,
  });
  const table = "arn:aws:dynamodb:us-east-1:000000000000:table/Nothing";
  await expect(streams.send(new DescribeStreamCommand({ StreamArn: table }))).rejects.toMatchObject({
    name: "ValidationException",
    message: "Invalid StreamArn",
  });
  await expect(streams.send(new DescribeStreamCommand({ StreamArn, Limit: 101 }))).rejects.toMatchObject({
    name: "ValidationException",
  });
});

test("a sequence number goes with the types that need one, and lies in its shard", async () => {
  const arn = await streamed("Places");
  await put("Places", "a");
  const [shard] = await shards(arn);
  const at = (ShardIteratorType: "LATEST" | "AT_SEQUENCE_NUMBER", SequenceNumber?: string) =>
    streams.send(
      new GetShardIteratorCommand({ StreamArn: arn, ShardId: shard?.ShardId, ShardIteratorType, SequenceNumber }),
    );
  const { ShardIterator } = await at("AT_SEQUENCE_NUMBER", shard?.SequenceNumberRange?.StartingSequenceNumber);
  expect((await streams.send(new GetRecordsCommand({ ShardIterator }))).Records).toHaveLength(1);
  for (const wrong of [
    at("AT_SEQUENCE_NUMBER"),
    at("LATEST", "100000000000000000000"),
    at("AT_SEQUENCE_NUMBER", "9".repeat(30)),
    at("AT_SEQUENCE_NUMBER", "x".repeat(30)),
  ])
    await expect(wrong).rejects.toMatchObject({ name: "ValidationException" });
  await expect(
    streams.send(
      new GetShardIteratorCommand({
        StreamArn: arn,
        ShardId: "shardId-00000000000000000000-00000000",
        ShardIteratorType: "LATEST",
      }),
    ),
  ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});
