// Global indexes that lag behind their table as a world asks for it: by the seed, on a held clock.

import {
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;
const TableName = "people";

beforeEach(async () => {
  cloud = await startCloud({ listen: false, seed: "lag", dynamodb: { indexLag: { maximum: 1000, seed: "1" } } });
  cloud.clock.hold();
  client = new DynamoDBClient(cloud.clientConfig());
  await create();
});
afterEach(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const create = () =>
  client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["id", "at", "city"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      KeySchema: [
        { AttributeName: "id", KeyType: "HASH" },
        { AttributeName: "at", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "byCity",
          KeySchema: [{ AttributeName: "city", KeyType: "HASH" }],
          Projection: { ProjectionType: "ALL" },
        },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: "cityOfOne",
          KeySchema: [
            { AttributeName: "id", KeyType: "HASH" },
            { AttributeName: "city", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    }),
  );
const key = (id: string) => ({ id: { S: id }, at: { S: "now" } });
const put = (id: string, city: string) =>
  client.send(new PutItemCommand({ TableName, Item: { ...key(id), city: { S: city } } }));
const found = async (from = client, IndexName = "byCity"): Promise<string[]> => {
  const { Items = [] } = await from.send(new ScanCommand({ TableName, IndexName }));
  return Items.map(({ id, city }) => `${id?.S} ${city?.S}`).toSorted();
};

test("an index shows a write later, its table and its local indexes at once", async () => {
  await put("a", "Bonn");
  expect(await found()).toEqual([]);
  expect(await found(client, "cityOfOne")).toEqual(["a Bonn"]);
  await cloud.clock.advance("1 second");
  expect(await found()).toEqual(["a Bonn"]);
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: key("a"),
      UpdateExpression: "SET city = :c",
      ExpressionAttributeValues: { ":c": { S: "Köln" } },
    }),
  );
  expect(await found()).toEqual(["a Bonn"]);
  await put("a", "Ulm");
  await cloud.clock.advance("1 second");
  expect(await found()).toEqual(["a Ulm"]);
  await client.send(new DeleteItemCommand({ TableName, Key: key("a") }));
  expect(await found()).toEqual(["a Ulm"]);
  await cloud.clock.advance("1 second");
  expect(await found()).toEqual([]);
});

const ids = Array.from({ length: 20 }, (_, n) => `i${String(n).padStart(2, "0")}`);

test("the lags follow from the seed, item by item", async () => {
  const seen = async (of: RunningCloud | ReturnType<RunningCloud["fork"]>): Promise<string[][]> => {
    const there = new DynamoDBClient(of.clientConfig());
    for (const id of ids)
      await there.send(new PutItemCommand({ TableName, Item: { ...key(id), city: { S: "Bonn" } } }));
    const steps: string[][] = [];
    for (let step = 0; step < 4; step += 1) {
      await of.clock.advance(200);
      steps.push(await found(there));
    }
    return steps;
  };
  const [same, other] = [cloud.fork(), cloud.fork()];
  other.dynamodb({ indexLag: { maximum: 1000, seed: "2" } });
  const here = await seen(cloud);
  expect(here[0]?.length).toBeGreaterThan(0);
  expect(here[3]?.length).toBeLessThan(ids.length);
  expect(await seen(same)).toEqual(here);
  expect(await seen(other)).not.toEqual(here);
  same.dispose();
  other.dispose();
});

test("settle() leaves nothing behind, without moving the clock", async () => {
  const now = cloud.clock.now();
  for (const id of ids) await put(id, "Bonn");
  await cloud.settle();
  expect([(await found()).length, cloud.clock.now()]).toEqual([ids.length, now]);
});

test("an index that lags no more shows every write at once, and what was late", async () => {
  await put("a", "Bonn");
  await cloud.settle();
  await put("a", "Ulm");
  cloud.dynamodb({ indexLag: { maximum: 0 } });
  await put("b", "Bonn");
  expect(await found()).toContain("b Bonn");
  await put("a", "Köln");
  await cloud.clock.advance("1 second");
  expect(await found()).toEqual(["a Köln", "b Bonn"]);
});

test("what was late for a table that is gone is not in the next one", async () => {
  await put("a", "Bonn");
  await client.send(new DeleteTableCommand({ TableName }));
  await create();
  await cloud.clock.advance("1 second");
  expect(await found()).toEqual([]);
});

test("consistent reads of global indexes are refused", async () => {
  const message = "Consistent reads are not supported on global secondary indexes";
  const given = { TableName, IndexName: "byCity", ConsistentRead: true };
  await expect(client.send(new ScanCommand(given))).rejects.toMatchObject({ message });
  const query = { KeyConditionExpression: "city = :c", ExpressionAttributeValues: { ":c": { S: "Bonn" } } };
  await expect(client.send(new QueryCommand({ ...given, ...query }))).rejects.toMatchObject({ message });
});
