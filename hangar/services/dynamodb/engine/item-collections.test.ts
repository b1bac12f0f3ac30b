// Item collections of tables with local indexes: their size, and what is refused at 10 GB, which the tests put down as reached.

import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Cloud } from "../../../cloud/cloud.ts";
import { handlerOf } from "../../../gateway/handle.ts";
import { inProcessHandler } from "../../../gateway/in-process.ts";
import { collectionOf } from "../rules/item-collection.ts";

let cloud: Cloud;
let client: DynamoDBClient;
const TableName = "letters";
const GB = 1024 ** 3;

beforeEach(async () => {
  cloud = new Cloud({ seed: "collections" });
  await cloud.open();
  client = new DynamoDBClient({
    region: "us-east-1",
    endpoint: "http://localhost:4566",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    requestHandler: inProcessHandler(handlerOf(cloud, cloud.world)),
  });
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["pk", "sk", "day"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: "byDay",
          KeySchema: [
            { AttributeName: "pk", KeyType: "HASH" },
            { AttributeName: "day", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
      ],
    }),
  );
});
afterEach(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const rows = () => cloud.world.table<number>("dynamodb/000000000000/us-east-1/collections");
const sizes = (): number[] => Array.from(rows().rows());
/** As if the partition held so much already. */
function grown(bytes: number): void {
  const [key] = cloud.world.table("dynamodb/000000000000/us-east-1/items").first() ?? [""];
  rows().put(collectionOf(key, { storage: key.slice(0, 8) }), bytes);
}
const item = (sk: string, more = {}) => ({ pk: { S: "a" }, sk: { S: sk }, ...more });
const put = (sk: string, more = {}) =>
  client.send(new PutItemCommand({ TableName, Item: item(sk, more), ReturnItemCollectionMetrics: "SIZE" }));
const tooLarge = { name: "ItemCollectionSizeLimitExceededException", message: "Collection size exceeded." };

test("counts items and their rows in local indexes, and forgets what is gone", async () => {
  await put("1");
  expect(sizes()).toEqual([6]);
  await put("1", { day: { S: "Mon" }, text: { S: "x".repeat(10) } });
  // 26 bytes of the item, 12 of its keys in the index.
  expect(sizes()).toEqual([6 + 6 + 14 + 12]);
  await put("2");
  await client.send(new DeleteItemCommand({ TableName, Key: item("1") }));
  expect(sizes()).toEqual([6]);
  await client.send(new DeleteItemCommand({ TableName, Key: item("2") }));
  expect(sizes()).toEqual([]);
});

test("tells between which gigabytes a collection is", async () => {
  expect((await put("1")).ItemCollectionMetrics).toEqual({
    ItemCollectionKey: { pk: { S: "a" } },
    SizeEstimateRangeGB: [0, 1],
  });
  grown(3.5 * GB);
  expect((await put("2")).ItemCollectionMetrics?.SizeEstimateRangeGB).toEqual([3, 4]);
});

test("is full at 10 GB: what makes it larger is refused, what does not is let through", async () => {
  await put("1", { text: { S: "x".repeat(100) } });
  grown(10 * GB);
  await expect(put("2")).rejects.toMatchObject(tooLarge);
  const update = (text: string) =>
    client.send(
      new UpdateItemCommand({
        TableName,
        Key: item("1"),
        UpdateExpression: "SET #t = :t",
        ExpressionAttributeNames: { "#t": "text" },
        ExpressionAttributeValues: { ":t": { S: text } },
      }),
    );
  await expect(update("x".repeat(101))).rejects.toMatchObject(tooLarge);
  await expect(
    client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: item("2") } }] } })),
  ).rejects.toMatchObject(tooLarge);
  await put("1", { text: { S: "y".repeat(100) } });
  await client.send(new PutItemCommand({ TableName, Item: { pk: { S: "b" }, sk: { S: "1" } } }));
  await update("x".repeat(90));
  await put("2");
  expect(sizes().toSorted((left, right) => left - right)).toEqual([6, 10 * GB - 4]);
});

test("cancels a transaction whose parts together are too much", async () => {
  await put("1");
  grown(10 * GB - 10);
  const write = client.send(
    new TransactWriteItemsCommand({ TransactItems: ["2", "3"].map((sk) => ({ Put: { TableName, Item: item(sk) } })) }),
  );
  await expect(write).rejects.toMatchObject({
    name: "TransactionCanceledException",
    CancellationReasons: [
      { Code: "None" },
      { Code: "ItemCollectionSizeLimitExceeded", Message: "Collection size exceeded." },
    ],
  });
  expect(sizes()).toEqual([10 * GB - 10]);
});
