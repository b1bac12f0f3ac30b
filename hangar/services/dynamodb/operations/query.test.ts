// Query, through the real client.

import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;

const TableName = "Letters";

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "query" });
  client = new DynamoDBClient(cloud.clientConfig());
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "sk", AttributeType: "N" },
        { AttributeName: "when", AttributeType: "S" },
        { AttributeName: "owner", AttributeType: "S" },
      ],
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: "byWhen",
          KeySchema: [
            { AttributeName: "pk", KeyType: "HASH" },
            { AttributeName: "when", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "byOwner",
          KeySchema: [
            { AttributeName: "owner", KeyType: "HASH" },
            { AttributeName: "sk", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["title"] },
        },
      ],
    }),
  );
  for (const [index, number] of ["-10", "-2.5", "0", "2", "10", "100"].entries()) {
    await client.send(
      new PutItemCommand({
        TableName,
        Item: {
          pk: { S: "a" },
          sk: { N: number },
          when: { S: `t${9 - index}` },
          owner: { S: index % 2 === 0 ? "ann" : "bob" },
          title: { S: `n${number}` },
          body: { S: "…" },
        },
      }),
    );
  }
  await client.send(new PutItemCommand({ TableName, Item: { pk: { S: "b" }, sk: { N: "1" } } }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function sortKeys(input: Partial<QueryCommandInput>): Promise<readonly (string | undefined)[]> {
  const { Items } = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: "pk = :a",
      ExpressionAttributeValues: { ":a": { S: "a" } },
      ...input,
    }),
  );
  return (Items ?? []).map((item) => item["sk"]?.N);
}

describe("Query", () => {
  test("numbers sort as numbers", async () => {
    expect(await sortKeys({})).toEqual(["-10", "-2.5", "0", "2", "10", "100"]);
    expect(await sortKeys({ ScanIndexForward: false })).toEqual(["100", "10", "2", "0", "-2.5", "-10"]);
  });

  test.each([
    ["sk = :n", ["2"]],
    ["sk < :n", ["-10", "-2.5", "0"]],
    ["sk <= :n", ["-10", "-2.5", "0", "2"]],
    ["sk > :n", ["10", "100"]],
    [":n <= sk", ["2", "10", "100"]],
    ["sk BETWEEN :n AND :m", ["2", "10"]],
  ])("a sort key condition %s bounds what is read", async (condition, expected) => {
    const values = { ":a": { S: "a" }, ":n": { N: "2" }, ...(condition.includes(":m") && { ":m": { N: "1E1" } }) };
    expect(
      await sortKeys({ KeyConditionExpression: `pk = :a AND ${condition}`, ExpressionAttributeValues: values }),
    ).toEqual(expected);
  });

  test("pages go on after LastEvaluatedKey, in both directions", async () => {
    for (const forward of [true, false]) {
      const seen: (string | undefined)[] = [];
      let start: QueryCommandInput["ExclusiveStartKey"];
      do {
        const page = await client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: "pk = :a",
            ExpressionAttributeValues: { ":a": { S: "a" } },
            Limit: 2,
            ScanIndexForward: forward,
            ExclusiveStartKey: start,
          }),
        );
        seen.push(...(page.Items ?? []).map((item) => item["sk"]?.N));
        start = page.LastEvaluatedKey;
      } while (start !== undefined);
      const all = ["-10", "-2.5", "0", "2", "10", "100"];
      expect(seen).toEqual(forward ? all : all.toReversed());
    }
  });

  test("a filter is applied after the page is read: Count is less than ScannedCount", async () => {
    const page = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: "pk = :a",
        FilterExpression: "#owner = :ann",
        ExpressionAttributeNames: { "#owner": "owner" },
        ExpressionAttributeValues: { ":a": { S: "a" }, ":ann": { S: "ann" } },
        Limit: 4,
        ReturnConsumedCapacity: "TOTAL",
      }),
    );
    expect({
      Count: page.Count,
      ScannedCount: page.ScannedCount,
      last: page.LastEvaluatedKey,
      units: page.ConsumedCapacity,
    }).toEqual({
      Count: 2,
      ScannedCount: 4,
      last: { pk: { S: "a" }, sk: { N: "2" } },
      units: { TableName, CapacityUnits: 0.5 },
    });
  });

  test("a global index gives what it projects, and its own key in LastEvaluatedKey", async () => {
    const page = await client.send(
      new QueryCommand({
        TableName,
        IndexName: "byOwner",
        KeyConditionExpression: "#o = :o AND sk > :n",
        ExpressionAttributeNames: { "#o": "owner" },
        ExpressionAttributeValues: { ":o": { S: "bob" }, ":n": { N: "-3" } },
        Limit: 1,
      }),
    );
    expect(page.Items).toEqual([{ pk: { S: "a" }, sk: { N: "-2.5" }, owner: { S: "bob" }, title: { S: "n-2.5" } }]);
    expect(page.LastEvaluatedKey).toEqual({ pk: { S: "a" }, sk: { N: "-2.5" }, owner: { S: "bob" } });
  });

  test("a local index fetches from the table what it does not hold", async () => {
    const input = {
      TableName,
      IndexName: "byWhen",
      KeyConditionExpression: "pk = :a AND begins_with(#w, :t)",
      ExpressionAttributeNames: { "#w": "when" },
      ExpressionAttributeValues: { ":a": { S: "a" }, ":t": { S: "t9" } },
    };
    expect((await client.send(new QueryCommand(input))).Items).toEqual([
      { pk: { S: "a" }, sk: { N: "-10" }, when: { S: "t9" } },
    ]);
    expect((await client.send(new QueryCommand({ ...input, Select: "ALL_ATTRIBUTES" }))).Items?.[0]?.["body"]).toEqual({
      S: "…",
    });
  });

  test.each<[string, Partial<QueryCommandInput>, string]>([
    [
      "the partition key is missing",
      { KeyConditionExpression: "sk = :a", ExpressionAttributeValues: { ":a": { N: "1" } } },
      "Query condition missed key schema element: pk",
    ],
    [
      "another attribute is named",
      { KeyConditionExpression: "pk = :a AND body = :a" },
      "Query condition missed key schema element: sk",
    ],
    ["IN is used", { KeyConditionExpression: "pk IN (:a)" }, "Invalid operator used in KeyConditionExpression: IN"],
    [
      "a name is unused",
      { ExpressionAttributeNames: { "#unused": "x" } },
      "Value provided in ExpressionAttributeNames unused in expressions: keys: {#unused}",
    ],
    [
      "the expression is empty",
      { KeyConditionExpression: "" },
      "Invalid KeyConditionExpression: The expression can not be empty;",
    ],
    ["there is no such index", { IndexName: "nope" }, "The table does not have the specified index: nope"],
    [
      "a global index is read consistently",
      { IndexName: "byOwner", ConsistentRead: true },
      "Consistent reads are not supported on global secondary indexes",
    ],
    [
      "a key is filtered",
      { FilterExpression: "sk > :a" },
      "Filter Expression can only contain non-primary key attributes: Primary key attribute: sk",
    ],
    [
      "a type differs",
      { ExpressionAttributeValues: { ":a": { N: "1" } } },
      "One or more parameter values were invalid: Condition parameter type does not match schema type",
    ],
    [
      "the syntax is wrong",
      { KeyConditionExpression: "pk = :a AND" },
      'Invalid KeyConditionExpression: Syntax error; token: "<EOF>", near: "AND"',
    ],
  ])("it says so when %s", async (_name, input, message) => {
    await expect(
      client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :a",
          ExpressionAttributeValues: { ":a": { S: "a" } },
          ...input,
        }),
      ),
    ).rejects.toMatchObject({ name: "ValidationException", message });
  });
});
