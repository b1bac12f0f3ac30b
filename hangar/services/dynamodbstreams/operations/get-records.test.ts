// Streams of tables, through the real clients.

import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
  type StreamViewType,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type ShardIteratorType,
  type _Record,
} from "@aws-sdk/client-dynamodb-streams";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;
let streams: DynamoDBStreamsClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "streams" });
  // Clients sign with the host's time: a held clock moves away from it without their signatures growing old.
  cloud.clock.hold();
  client = new DynamoDBClient(cloud.clientConfig());
  streams = new DynamoDBStreamsClient(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function streamed(TableName: string, StreamViewType: StreamViewType): Promise<string> {
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      StreamSpecification: { StreamEnabled: true, StreamViewType },
    }),
  );
  return TableDescription?.LatestStreamArn ?? "";
}

async function iterator(
  StreamArn: string,
  ShardIteratorType: ShardIteratorType,
  SequenceNumber?: string,
  shard = 0,
): Promise<string | undefined> {
  const ShardId = (await streams.send(new DescribeStreamCommand({ StreamArn }))).StreamDescription?.Shards?.[shard]
    ?.ShardId;
  return (await streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType, SequenceNumber })))
    .ShardIterator;
}

async function records(
  StreamArn: string,
  type: ShardIteratorType = "TRIM_HORIZON",
  sequence?: string,
): Promise<_Record[]> {
  return (
    (await streams.send(new GetRecordsCommand({ ShardIterator: await iterator(StreamArn, type, sequence) }))).Records ??
    []
  );
}

async function writeAll(TableName: string): Promise<void> {
  const Key = { id: { S: "Fred" } };
  await client.send(new PutItemCommand({ TableName, Item: Key }));
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: "SET #n = :n",
      ExpressionAttributeNames: { "#n": "name" },
      ExpressionAttributeValues: { ":n": { S: "Fred" } },
    }),
  );
  await client.send(new PutItemCommand({ TableName, Item: { ...Key, name: { S: "Fred" } } }));
  await client.send(new DeleteItemCommand({ TableName, Key }));
  await client.send(new DeleteItemCommand({ TableName, Key }));
}

describe("GetRecords", () => {
  // Sizes and members as recorded from AWS: TestDynamoDB::test_batch_write_items_streaming.
  test("each change is one record; a write that changes nothing is none", async () => {
    const arn = await streamed("Both", "NEW_AND_OLD_IMAGES");
    await writeAll("Both");
    const Keys = { id: { S: "Fred" } };
    const named = { ...Keys, name: { S: "Fred" } };
    const common = {
      awsRegion: "us-east-1",
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventSource: "aws:dynamodb",
      eventVersion: "1.1",
    };
    const change = (more: object) => ({
      ApproximateCreationDateTime: expect.any(Date),
      Keys,
      SequenceNumber: expect.stringMatching(/^\d{21}$/),
      StreamViewType: "NEW_AND_OLD_IMAGES",
      ...more,
    });
    expect(await records(arn)).toEqual([
      { ...common, eventName: "INSERT", dynamodb: change({ NewImage: Keys, SizeBytes: 12 }) },
      { ...common, eventName: "MODIFY", dynamodb: change({ NewImage: named, OldImage: Keys, SizeBytes: 26 }) },
      { ...common, eventName: "REMOVE", dynamodb: change({ OldImage: named, SizeBytes: 20 }) },
    ]);
  });

  test.each<[StreamViewType, boolean, boolean]>([
    ["KEYS_ONLY", false, false],
    ["NEW_IMAGE", true, false],
    ["OLD_IMAGE", false, true],
  ])("a view of %s holds no more", async (view, withNew, withOld) => {
    const arn = await streamed(`View-${view}`, view);
    await writeAll(`View-${view}`);
    const modified = (await records(arn))[1]?.dynamodb;
    expect([modified?.NewImage !== undefined, modified?.OldImage !== undefined]).toEqual([withNew, withOld]);
  });

  test("iterators begin where they are told to", async () => {
    const arn = await streamed("Placed", "KEYS_ONLY");
    const latest = await iterator(arn, "LATEST");
    for (const id of ["a", "b", "c"])
      await client.send(new PutItemCommand({ TableName: "Placed", Item: { id: { S: id } } }));
    const idsOf = (found: _Record[] | undefined) => found?.map((record) => record.dynamodb?.Keys?.["id"]?.S);
    const second = (await records(arn))[1]?.dynamodb?.SequenceNumber;
    expect(idsOf(await records(arn, "AT_SEQUENCE_NUMBER", second))).toEqual(["b", "c"]);
    expect(idsOf(await records(arn, "AFTER_SEQUENCE_NUMBER", second))).toEqual(["c"]);
    const page = await streams.send(new GetRecordsCommand({ ShardIterator: latest, Limit: 2 }));
    expect(idsOf(page.Records)).toEqual(["a", "b"]);
    const next = await streams.send(new GetRecordsCommand({ ShardIterator: page.NextShardIterator }));
    expect(idsOf(next.Records)).toEqual(["c"]);
    expect(next.NextShardIterator).toBeDefined();
  });

  test("records are gone after a day, iterators after fifteen minutes", async () => {
    const arn = await streamed("Old", "KEYS_ONLY");
    await client.send(new PutItemCommand({ TableName: "Old", Item: { id: { S: "a" } } }));
    const early = await iterator(arn, "TRIM_HORIZON");
    await cloud.clock.advance("16 minutes");
    await expect(streams.send(new GetRecordsCommand({ ShardIterator: early }))).rejects.toMatchObject({
      name: "ExpiredIteratorException",
      message: "Shard iterator has expired",
    });
    await cloud.clock.advance("24 hours");
    expect(await records(arn)).toEqual([]);
  });

  // Text as seen from AWS: https://github.com/ironSource/node-dynamodb-stream/issues/13
  test("a place whose records have gone since is refused", async () => {
    const arn = await streamed("Trimmed", "KEYS_ONLY");
    await client.send(new PutItemCommand({ TableName: "Trimmed", Item: { id: { S: "a" } } }));
    const number = (await records(arn))[0]?.dynamodb?.SequenceNumber;
    await cloud.clock.advance("1430 minutes");
    const early = await iterator(arn, "TRIM_HORIZON");
    await cloud.clock.advance("11 minutes");
    const trimmed = {
      name: "TrimmedDataAccessException",
      message: "The data you are trying to access has been trimmed",
    };
    await expect(streams.send(new GetRecordsCommand({ ShardIterator: early }))).rejects.toMatchObject(trimmed);
    await expect(iterator(arn, "AT_SEQUENCE_NUMBER", number)).rejects.toMatchObject(trimmed);
    expect(await records(arn, "AFTER_SEQUENCE_NUMBER", number)).toEqual([]);
  });

  test("a page holds a megabyte or 1,000 records", async () => {
    const arn = await streamed("Pages", "NEW_IMAGE");
    const write = (id: string, text: string) =>
      client.send(new PutItemCommand({ TableName: "Pages", Item: { id: { S: id }, text: { S: text } } }));
    for (const id of ["a", "b", "c"]) await write(id, "x".repeat(390_000));
    const first = await streams.send(new GetRecordsCommand({ ShardIterator: await iterator(arn, "TRIM_HORIZON") }));
    const second = await streams.send(new GetRecordsCommand({ ShardIterator: first.NextShardIterator }));
    expect([first.Records?.length, second.Records?.length]).toEqual([2, 1]);
    await expect(
      streams.send(new GetRecordsCommand({ ShardIterator: second.NextShardIterator, Limit: 1001 })),
    ).rejects.toMatchObject({
      name: "ValidationException",
      message:
        "1 validation error detected: Value '1001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 1000",
    });
  });

  test("what is no iterator is refused", async () => {
    await expect(streams.send(new GetRecordsCommand({ ShardIterator: "nonsense" }))).rejects.toMatchObject({
      name: "ValidationException",
      message: "Invalid ShardIterator",
    });
  });

  test("a shard is followed by its child after four hours", async () => {
    const arn = await streamed("Rolled", "KEYS_ONLY");
    const write = (id: string) => client.send(new PutItemCommand({ TableName: "Rolled", Item: { id: { S: id } } }));
    await write("a");
    await cloud.clock.advance("5 hours");
    await write("b");
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: arn }));
    const [parent, child] = StreamDescription?.Shards ?? [];
    expect(child?.ParentShardId).toBe(parent?.ShardId);
    const first = await streams.send(new GetRecordsCommand({ ShardIterator: await iterator(arn, "TRIM_HORIZON") }));
    const second = await streams.send(
      new GetRecordsCommand({ ShardIterator: await iterator(arn, "TRIM_HORIZON", undefined, 1) }),
    );
    expect([first.Records?.length, first.NextShardIterator, second.Records?.length]).toEqual([1, undefined, 1]);
  });
});
