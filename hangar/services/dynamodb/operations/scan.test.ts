// Scan, through the real client.

import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  type ScanCommandInput,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;

const TableName = "Numbers";

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "scan" });
  client = new DynamoDBClient(cloud.clientConfig());
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "N" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    }),
  );
  for (let start = 0; start < 100; start += 25) {
    const requests = Array.from({ length: 25 }, (_, index) => ({
      PutRequest: { Item: { id: { N: String(start + index) }, even: { BOOL: index % 2 === 0 } } },
    }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
  }
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function all(input: Partial<ScanCommandInput>): Promise<number[]> {
  const seen: number[] = [];
  let ExclusiveStartKey: ScanCommandInput["ExclusiveStartKey"];
  do {
    const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey, ...input }));
    seen.push(...(page.Items ?? []).map((item) => Number(item["id"]?.N)));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return seen;
}

const numbers = Array.from({ length: 100 }, (_, index) => index);

describe("Scan", () => {
  test("every item comes once, page by page, in no order of the keys", async () => {
    const seen = await all({ Limit: 7 });
    expect(seen.toSorted((a, b) => a - b)).toEqual(numbers);
    expect(seen).not.toEqual(numbers);
  });

  test("segments share the items among them", async () => {
    const segments = await Promise.all([0, 1, 2].map((Segment) => all({ Segment, TotalSegments: 3, Limit: 10 })));
    expect(segments.every((segment) => segment.length > 10)).toBe(true);
    expect(segments.flat().toSorted((a, b) => a - b)).toEqual(numbers);
  });

  test("a filter lets through what meets it; COUNT gives no items", async () => {
    const FilterExpression = "even = :yes AND id BETWEEN :low AND :high";
    const ExpressionAttributeValues = { ":yes": { BOOL: true }, ":low": { N: "10" }, ":high": { N: "19" } };
    const page = await client.send(
      new ScanCommand({ TableName, FilterExpression, ExpressionAttributeValues, Select: "COUNT" }),
    );
    expect({ Count: page.Count, ScannedCount: page.ScannedCount, Items: page.Items }).toEqual({
      Count: 5,
      ScannedCount: 100,
      Items: undefined,
    });
    const legacy = await client.send(
      new ScanCommand({
        TableName,
        ScanFilter: { id: { ComparisonOperator: "IN", AttributeValueList: [{ N: "3.0" }, { N: "4" }] } },
        AttributesToGet: ["id"],
      }),
    );
    expect(legacy.Items?.map((item) => Number(item["id"]?.N)).toSorted((a, b) => a - b)).toEqual([3, 4]);
  });

  test("a page ends when it has read 1 MB", async () => {
    const name = "Large";
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "N" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      }),
    );
    for (let id = 0; id < 8; id += 1)
      await client.send(
        new PutItemCommand({ TableName: name, Item: { id: { N: String(id) }, body: { S: "x".repeat(300_000) } } }),
      );
    const page = await client.send(new ScanCommand({ TableName: name, ReturnConsumedCapacity: "TOTAL" }));
    expect([page.ScannedCount, page.LastEvaluatedKey !== undefined, page.ConsumedCapacity?.CapacityUnits]).toEqual([
      4,
      true,
      146.5,
    ]);
  });

  test.each<[string, Partial<ScanCommandInput>, string]>([
    [
      "a segment has no total",
      { Segment: 0 },
      "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
    ],
    [
      "a total has no segment",
      { TotalSegments: 4 },
      "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
    ],
    [
      "a segment is beyond the total",
      { Segment: 5, TotalSegments: 5 },
      "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 5 is not less than TotalSegments: 5",
    ],
    [
      "a start key has another shape",
      { ExclusiveStartKey: { other: { S: "x" } } },
      "The provided starting key is invalid: The provided key element does not match the schema",
    ],
    [
      "all attributes and some are asked for",
      { Select: "ALL_ATTRIBUTES", ProjectionExpression: "id" },
      "Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES",
    ],
    [
      "no attribute is named",
      { Select: "SPECIFIC_ATTRIBUTES" },
      "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
    ],
  ])("it says so when %s", async (_name, input, message) => {
    await expect(client.send(new ScanCommand({ TableName, ...input }))).rejects.toMatchObject({
      name: "ValidationException",
      message,
    });
  });
});
