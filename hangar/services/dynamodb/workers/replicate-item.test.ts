// Writes of global tables, seen in three regions through the real clients.

import {
  DeleteItemCommand,
  DescribeTableCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type AttributeValue,
  type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record,
} from "@aws-sdk/client-dynamodb-streams";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { change, clientsOf, globalTable, itemsOf, REGIONS, type Clients, type Region } from "./test-cloud.ts";

let cloud: RunningCloud;
let clients: Clients;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "global" });
  cloud.clock.hold();
  clients = clientsOf(cloud);
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const put = (region: Region, TableName: string, Item: Record<string, AttributeValue>) =>
  clients[region].send(new PutItemCommand({ TableName, Item }));

const remove = (region: Region, TableName: string, id: string) =>
  clients[region].send(new DeleteItemCommand({ TableName, Key: { id: { S: id } } }));

async function records(region: Region, TableName: string): Promise<_Record[]> {
  const streams = new DynamoDBStreamsClient({ ...cloud.clientConfig(), region });
  const { Table } = await clients[region].send(new DescribeTableCommand({ TableName }));
  const StreamArn = Table?.LatestStreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const all = await Promise.all(
    (StreamDescription?.Shards ?? []).map(async ({ ShardId }) => {
      const { ShardIterator } = await streams.send(
        new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
      );
      return (await streams.send(new GetRecordsCommand({ ShardIterator }))).Records ?? [];
    }),
  );
  return all.flat();
}

test("a write in one region comes to all others, as a deletion does", async () => {
  await globalTable(clients, "Orders");
  await put("eu-west-1", "Orders", { id: { S: "1" }, data: { B: new Uint8Array([1, 2, 3]) } });
  await cloud.settle();
  for (const region of REGIONS)
    expect(await itemsOf(clients[region], "Orders")).toEqual({
      1: { id: { S: "1" }, data: { B: new Uint8Array([1, 2, 3]) } },
    });
  await remove("ap-northeast-1", "Orders", "1");
  await cloud.settle();
  for (const region of REGIONS) expect(await itemsOf(clients[region], "Orders")).toEqual({});
});

test("every region's stream has each change once, and no more follow", async () => {
  await globalTable(clients, "Streamed");
  await put("us-east-1", "Streamed", { id: { S: "1" }, n: { N: "1" } });
  await cloud.settle();
  await clients["eu-west-1"].send(
    new UpdateItemCommand({
      TableName: "Streamed",
      Key: { id: { S: "1" } },
      UpdateExpression: "ADD n :one",
      ExpressionAttributeValues: { ":one": { N: "1" } },
    }),
  );
  await cloud.settle();
  await remove("ap-northeast-1", "Streamed", "1");
  await cloud.settle();
  for (const region of REGIONS) {
    const seen = await records(region, "Streamed");
    expect(seen.map((record) => [record.eventName, record.awsRegion])).toEqual([
      ["INSERT", region],
      ["MODIFY", region],
      ["REMOVE", region],
    ]);
    expect(seen[1]?.dynamodb?.NewImage).toEqual({ id: { S: "1" }, n: { N: "2" } });
  }
});

test("of writes that cross, the later one wins everywhere", async () => {
  await globalTable(clients, "Crossing");
  await put("us-east-1", "Crossing", { id: { S: "1" }, by: { S: "us" } });
  await put("eu-west-1", "Crossing", { id: { S: "1" }, by: { S: "eu" } });
  await remove("ap-northeast-1", "Crossing", "2");
  await put("us-east-1", "Crossing", { id: { S: "2" }, by: { S: "us" } });
  await put("eu-west-1", "Crossing", { id: { S: "3" }, by: { S: "eu" } });
  await put("us-east-1", "Crossing", { id: { S: "3" }, by: { S: "us" } });
  await remove("us-east-1", "Crossing", "3");
  await cloud.settle();
  for (const region of REGIONS)
    expect(await itemsOf(clients[region], "Crossing")).toEqual({
      1: { id: { S: "1" }, by: { S: "eu" } },
      2: { id: { S: "2" }, by: { S: "us" } },
    });
});

test("conditions know their own region alone until writes have arrived", async () => {
  await globalTable(clients, "Guarded");
  const once = (client: DynamoDBClient, by: string) =>
    client.send(
      new PutItemCommand({
        TableName: "Guarded",
        Item: { id: { S: "1" }, by: { S: by } },
        ConditionExpression: "attribute_not_exists(id)",
      }),
    );
  await Promise.all([once(clients["us-east-1"], "us"), once(clients["eu-west-1"], "eu")]);
  await cloud.settle();
  await expect(once(clients["ap-northeast-1"], "ap")).rejects.toMatchObject({
    name: "ConditionalCheckFailedException",
  });
});

test("an item that expires is deleted by DynamoDB where it was written and by replication elsewhere", async () => {
  await globalTable(clients, "Expiring");
  await clients["ap-northeast-1"].send(
    new UpdateTimeToLiveCommand({
      TableName: "Expiring",
      TimeToLiveSpecification: { Enabled: true, AttributeName: "until" },
    }),
  );
  const until = { N: String(Math.floor(cloud.clock.now() / 1000) + 60) };
  await put("eu-west-1", "Expiring", { id: { S: "1" }, until });
  await put("eu-west-1", "Expiring", { id: { S: "2" }, until });
  await cloud.settle();
  await put("us-east-1", "Expiring", { id: { S: "2" }, until, moved: { BOOL: true } });
  await cloud.settle();
  await cloud.clock.advance("2 minutes");
  for (const region of REGIONS) expect(await itemsOf(clients[region], "Expiring")).toEqual({});
  const authors = async (region: Region) =>
    Object.fromEntries(
      (await records(region, "Expiring"))
        .filter((record) => record.eventName === "REMOVE")
        .map((record) => [record.dynamodb?.Keys?.["id"]?.S, record.userIdentity?.PrincipalId]),
    );
  expect(await authors("eu-west-1")).toEqual({ 1: "dynamodb.amazonaws.com", 2: undefined });
  expect(await authors("us-east-1")).toEqual({ 1: undefined, 2: "dynamodb.amazonaws.com" });
  expect(await authors("ap-northeast-1")).toEqual({ 1: undefined, 2: undefined });
});

test("what a removed replica would have expired, another does", async () => {
  await globalTable(clients, "Inherited");
  const TimeToLiveSpecification = { Enabled: true, AttributeName: "until" };
  await clients["us-east-1"].send(new UpdateTimeToLiveCommand({ TableName: "Inherited", TimeToLiveSpecification }));
  const until = { N: String(Math.floor(cloud.clock.now() / 1000) + 60) };
  await put("eu-west-1", "Inherited", { id: { S: "1" }, until });
  await cloud.settle();
  await change(clients["us-east-1"], "Inherited", { Delete: { RegionName: "eu-west-1" } });
  await cloud.clock.advance("2 minutes");
  expect(await itemsOf(clients["us-east-1"], "Inherited")).toEqual({});
  expect(await itemsOf(clients["ap-northeast-1"], "Inherited")).toEqual({});
});

test("a transaction is one in its own region, and its writes come to the others", async () => {
  await globalTable(clients, "Together");
  const Put = (id: string) => ({ Put: { TableName: "Together", Item: { id: { S: id } } } });
  await clients["eu-west-1"].send(new TransactWriteItemsCommand({ TransactItems: [Put("1"), Put("2")] }));
  await cloud.settle();
  for (const region of REGIONS) expect(Object.keys(await itemsOf(clients[region], "Together"))).toEqual(["1", "2"]);
});

test("a new replica has the items, and misses none that are on their way", async () => {
  await globalTable(clients, "Filled", { regions: ["eu-west-1"] });
  await put("us-east-1", "Filled", { id: { S: "1" } });
  await put("eu-west-1", "Filled", { id: { S: "2" } });
  await change(clients["us-east-1"], "Filled", { Create: { RegionName: "ap-northeast-1" } });
  expect(Object.keys(await itemsOf(clients["ap-northeast-1"], "Filled"))).toEqual(["1", "2"]);
  await cloud.settle();
  for (const region of REGIONS) expect(Object.keys(await itemsOf(clients[region], "Filled"))).toEqual(["1", "2"]);
});

test("a fork takes writes along that are on their way", async () => {
  await globalTable(clients, "Forked");
  await put("us-east-1", "Forked", { id: { S: "1" } });
  await using fork = cloud.fork();
  const there = clientsOf(fork);
  await there["us-east-1"].send(new PutItemCommand({ TableName: "Forked", Item: { id: { S: "2" } } }));
  await fork.settle();
  await cloud.settle();
  expect(Object.keys(await itemsOf(there["eu-west-1"], "Forked"))).toEqual(["1", "2"]);
  expect(Object.keys(await itemsOf(clients["eu-west-1"], "Forked"))).toEqual(["1"]);
});

test("writes are in all replicas of a strongly consistent table before they are answered", async () => {
  const client = clients["us-east-1"];
  const StreamSpecification = { StreamEnabled: true, StreamViewType: "NEW_IMAGE" as const };
  await globalTable(clients, "Strong", { regions: [], StreamSpecification });
  await client.send(
    new UpdateTableCommand({
      TableName: "Strong",
      MultiRegionConsistency: "STRONG",
      ReplicaUpdates: REGIONS.slice(1).map((RegionName) => ({ Create: { RegionName } })),
    }),
  );
  await put("us-east-1", "Strong", { id: { S: "1" } });
  expect(await itemsOf(clients["eu-west-1"], "Strong")).toEqual({ 1: { id: { S: "1" } } });
  await put("eu-west-1", "Strong", { id: { S: "1" }, by: { S: "eu" } });
  await expect(
    client.send(
      new DeleteItemCommand({
        TableName: "Strong",
        Key: { id: { S: "1" } },
        ConditionExpression: "attribute_not_exists(#by)",
        ExpressionAttributeNames: { "#by": "by" },
      }),
    ),
  ).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
  const Key = { id: { S: "1" } };
  const refused = { name: "ValidationException", message: expect.stringContaining("Transactions are not supported") };
  const TableName = "Strong";
  await expect(
    client.send(new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key } }] })),
  ).rejects.toMatchObject(refused);
  await expect(
    client.send(new TransactWriteItemsCommand({ TransactItems: [{ Delete: { TableName, Key } }] })),
  ).rejects.toMatchObject(refused);
  await remove("ap-northeast-1", "Strong", "1");
  for (const region of REGIONS) {
    expect(await itemsOf(clients[region], "Strong")).toEqual({});
    expect((await records(region, "Strong")).map((record) => record.eventName)).toEqual(["INSERT", "MODIFY", "REMOVE"]);
  }
});
