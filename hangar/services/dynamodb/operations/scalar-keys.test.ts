// Paths into key attributes, as dynalite's suite recorded AWS's answers: keys are scalars, so nothing may look inside of one.

import {
  BatchGetItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;

const TableName = "Keys";
const Key = { a: { S: "a" }, b: { S: "b" } };
const v = { ":v": { N: "1" } };

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "scalar-keys" });
  client = new DynamoDBClient(cloud.clientConfig());
  const keys = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: "HASH" as const },
    { AttributeName: range, KeyType: "RANGE" as const },
  ];
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["a", "b", "c", "d"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      KeySchema: keys("a", "b"),
      LocalSecondaryIndexes: [{ IndexName: "lsi", KeySchema: keys("a", "d"), Projection: { ProjectionType: "ALL" } }],
      GlobalSecondaryIndexes: [{ IndexName: "gsi", KeySchema: keys("c", "b"), Projection: { ProjectionType: "ALL" } }],
    }),
  );
  await client.send(new PutItemCommand({ TableName, Item: { ...Key, m: { M: { a: { S: "in a map" } } } } }));
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const refusal = (key: string) => ({
  name: "ValidationException",
  message: `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ${key}`,
});
const keyed = { TableName, KeyConditionExpression: "a = :a" };
const a = { ":a": { S: "a" } };

const wrong: [string, () => Promise<unknown>, string][] = [
  [
    "GetItem's projection",
    () => client.send(new GetItemCommand({ TableName, Key, ProjectionExpression: "a.b.c" })),
    "Key: a",
  ],
  [
    "GetItem's projection of an index's key",
    () => client.send(new GetItemCommand({ TableName, Key, ProjectionExpression: "m, d[0]" })),
    "IndexKey: d",
  ],
  [
    "BatchGetItem's projection",
    () =>
      client.send(
        new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [Key], ProjectionExpression: "b.x" } } }),
      ),
    "Key: b",
  ],
  [
    "Scan's filter",
    () => client.send(new ScanCommand({ TableName, FilterExpression: "attribute_exists(a.b.c) AND a = m" })),
    "Key: a",
  ],
  [
    "Scan's filter, of both keys",
    () =>
      client.send(new ScanCommand({ TableName, FilterExpression: "attribute_exists(d[1]) OR attribute_exists(b.x)" })),
    "Key: b",
  ],
  [
    "Query's filter, of another index's key",
    () =>
      client.send(
        new QueryCommand({
          ...keyed,
          FilterExpression: "attribute_exists(d.c) AND c = :v",
          ExpressionAttributeValues: { ...a, ...v },
        }),
      ),
    "IndexKey: d",
  ],
  [
    "Query's projection",
    () => client.send(new QueryCommand({ ...keyed, ProjectionExpression: "c[1]", ExpressionAttributeValues: a })),
    "IndexKey: c",
  ],
  [
    "an update of an index's key",
    () =>
      client.send(
        new UpdateItemCommand({ TableName, Key, UpdateExpression: "ADD d.b :v", ExpressionAttributeValues: v }),
      ),
    "IndexKey: d",
  ],
  [
    "an update from an index's key",
    () =>
      client.send(new UpdateItemCommand({ TableName, Key, UpdateExpression: "SET e = list_append(a, b), f = d[1]" })),
    "IndexKey: d",
  ],
  [
    "an update's condition",
    () =>
      client.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: "SET e = :v",
          ConditionExpression: "attribute_not_exists(a.x)",
          ExpressionAttributeValues: v,
        }),
      ),
    "Key: a",
  ],
  [
    "a put's condition",
    () => client.send(new PutItemCommand({ TableName, Item: Key, ConditionExpression: "attribute_not_exists(b[0])" })),
    "Key: b",
  ],
  [
    "a deletion's condition",
    () => client.send(new DeleteItemCommand({ TableName, Key, ConditionExpression: "attribute_not_exists(c.x)" })),
    "IndexKey: c",
  ],
];
test.each(wrong)("%s", async (_, run, key) => {
  await expect(run()).rejects.toMatchObject(refusal(key));
});

test("a Query's filter on its own key is refused for that", async () => {
  await expect(
    client.send(
      new QueryCommand({ ...keyed, FilterExpression: "b[1] = :v", ExpressionAttributeValues: { ...a, ...v } }),
    ),
  ).rejects.toMatchObject({
    message: "Filter Expression can only contain non-primary key attributes: Primary key attribute: b",
  });
});

test("transactions are cancelled", async () => {
  const { message } = refusal("IndexKey: d");
  const reasons = { CancellationReasons: [{ Code: "ValidationError", Message: message }] };
  await expect(
    client.send(
      new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key, ProjectionExpression: "d.x" } }] }),
    ),
  ).rejects.toMatchObject(reasons);
  const ConditionExpression = "attribute_not_exists(d.x)";
  await expect(
    client.send(
      new TransactWriteItemsCommand({ TransactItems: [{ ConditionCheck: { TableName, Key, ConditionExpression } }] }),
    ),
  ).rejects.toMatchObject(reasons);
});

test("a name in a map may be that of a key", async () => {
  const { Item } = await client.send(new GetItemCommand({ TableName, Key, ProjectionExpression: "m.a" }));
  expect(Item).toEqual({ m: { M: { a: { S: "in a map" } } } });
});
