// Pages of Query and Scan, put together, are the items that a plain search finds, in the order of their keys.

import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  QueryCommand,
  ScanCommand,
  type AttributeValue,
} from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

type Type = "S" | "N" | "B";
type Key = Record<string, AttributeValue>;

let cloud: RunningCloud;
let client: DynamoDBClient;

/** Written numbers, so that what is stored is what was written. */
const NUMBERS = [
  "-100000000000000000000.5",
  "-20",
  "-3.25",
  "-0.001",
  "0",
  "0.5",
  "7",
  "10",
  "10.000000000000000000001",
  "300",
];
const TEXTS = ["\u0001", "A", "a", "aa", "ab", "b", "é", "\uffff", "😀", "😀a"];
const BLOBS = [[0], [0, 0], [0, 255], [1], [1, 0], [127], [128], [128, 1], [255], [255, 255]];
const KEYS: Readonly<Record<Type, readonly AttributeValue[]>> = {
  S: TEXTS.map((S) => ({ S })),
  N: NUMBERS.map((N) => ({ N })),
  B: BLOBS.map((bytes) => ({ B: new Uint8Array(bytes) })),
};

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "query-model" });
  client = new DynamoDBClient(cloud.clientConfig());
  for (const type of ["S", "N", "B"] as const) {
    await client.send(
      new CreateTableCommand({
        TableName: `By${type}`,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [
          { AttributeName: "pk", AttributeType: "S" },
          { AttributeName: "sk", AttributeType: type },
        ],
        KeySchema: [
          { AttributeName: "pk", KeyType: "HASH" },
          { AttributeName: "sk", KeyType: "RANGE" },
        ],
      }),
    );
    for (const pk of ["one", "two"])
      await client.send(
        new BatchWriteItemCommand({
          // Backwards, and the keys of `two` are every other one.
          RequestItems: {
            [`By${type}`]: KEYS[type]
              .filter((_key, index) => pk === "one" || index % 2 === 0)
              .toReversed()
              .map((sk) => ({ PutRequest: { Item: { pk: { S: pk }, sk } } })),
          },
        }),
      );
  }
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const at = (type: Type, key: AttributeValue): number => KEYS[type].indexOf(key);
const OPERATORS = {
  "=": (by: number) => by === 0,
  "<": (by: number) => by < 0,
  "<=": (by: number) => by <= 0,
  ">": (by: number) => by > 0,
  ">=": (by: number) => by >= 0,
};

async function pages(read: (start: Key | undefined) => Promise<{ Items?: Key[]; LastEvaluatedKey?: Key }>) {
  const items: Key[] = [];
  let start: Key | undefined;
  do {
    const page = await read(start);
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}

const type = fc.constantFrom<Type[]>("S", "N", "B");
const choice = fc.record({
  type,
  partition: fc.constantFrom("one", "two"),
  operator: fc.constantFrom(...(Object.keys(OPERATORS) as (keyof typeof OPERATORS)[]), "BETWEEN" as const),
  first: fc.nat({ max: 9 }),
  second: fc.nat({ max: 9 }),
  forward: fc.boolean(),
  limit: fc.integer({ min: 1, max: 12 }),
});

describe("reads", () => {
  test("a Query gives its items in order, in pages of any size, forwards and backwards", async () => {
    await fc.assert(
      fc.asyncProperty(choice, async ({ type: of, partition, operator, first, second, forward, limit }) => {
        const [low, high] = [Math.min(first, second), Math.max(first, second)];
        const between = operator === "BETWEEN";
        const found = await pages(
          (ExclusiveStartKey) =>
            client.send(
              new QueryCommand({
                TableName: `By${of}`,
                KeyConditionExpression: `pk = :p AND ${between ? "sk BETWEEN :a AND :b" : `sk ${operator} :a`}`,
                ExpressionAttributeValues: {
                  ":p": { S: partition },
                  ":a": KEYS[of][between ? low : first] as AttributeValue,
                  ...(between && { ":b": KEYS[of][high] as AttributeValue }),
                },
                ScanIndexForward: forward,
                Limit: limit,
                ExclusiveStartKey,
              }),
            ) as Promise<{ Items?: Key[]; LastEvaluatedKey?: Key }>,
        );
        const wanted = KEYS[of].filter((key, index) => {
          if (partition === "two" && index % 2 === 1) return false;
          const place = at(of, key);
          return between ? place >= low && place <= high : OPERATORS[operator](place - first);
        });
        const items = wanted.map((sk) => ({ pk: { S: partition }, sk }));
        expect(found).toEqual(forward ? items : items.toReversed());
      }),
      { numRuns: 150 },
    );
  });

  test("the segments of a Scan hold every item once", async () => {
    await fc.assert(
      fc.asyncProperty(
        type,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        async (of, total, limit) => {
          const found: Key[] = [];
          for (let segment = 0; segment < total; segment += 1)
            found.push(
              ...(await pages(
                (ExclusiveStartKey) =>
                  client.send(
                    new ScanCommand({
                      TableName: `By${of}`,
                      Segment: segment,
                      TotalSegments: total,
                      Limit: limit,
                      ExclusiveStartKey,
                    }),
                  ) as Promise<{ Items?: Key[]; LastEvaluatedKey?: Key }>,
              )),
            );
          const texts = found.map((key) => JSON.stringify(key));
          expect(found.length).toBe(15);
          expect(new Set(texts).size).toBe(15);
        },
      ),
      { numRuns: 40 },
    );
  });
});
