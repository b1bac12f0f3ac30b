// Global indexes whose keys have several attributes. Answers as recorded from AWS in October 2026 by the suites dynamodb-conformance and ack-api-quirks. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html

import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  type AttributeValue,
  type CreateTableCommandInput,
  type GlobalSecondaryIndex,
  type QueryCommandInput,
} from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;

const TableName = "Matches";
const INVALID = "One or more parameter values were invalid: ";

const key = (AttributeName: string, KeyType: "HASH" | "RANGE") => ({ AttributeName, KeyType });
/** `index("gsi", "h1 h2", "r1")` */
function index(IndexName: string, hash: string, range = ""): GlobalSecondaryIndex {
  const names = (list: string) => list.split(" ").filter((name) => name !== "");
  return {
    IndexName,
    KeySchema: [...names(hash).map((name) => key(name, "HASH")), ...names(range).map((name) => key(name, "RANGE"))],
    Projection: { ProjectionType: "ALL" },
  };
}
const strings = (names: string) =>
  names.split(" ").map((AttributeName) => ({ AttributeName, AttributeType: "S" as const }));

const table = (name: string, attributes: string, more: Partial<CreateTableCommandInput>) =>
  client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: strings(attributes),
      KeySchema: [key("pk", "HASH")],
      ...more,
    }),
  );

const put = (item: Record<string, AttributeValue>, name = TableName) =>
  client.send(new PutItemCommand({ TableName: name, Item: item }));
const texts = (item: Record<string, string>): Record<string, AttributeValue> =>
  Object.fromEntries(Object.entries(item).map(([name, S]) => [name, { S }]));

async function query(KeyConditionExpression: string, more: Partial<QueryCommandInput> = {}) {
  const values = { ":h": "o1", ":g": "x", ":a": "T", ":b": "live", ":c": "a", ":d": "r", ":x": "r1", ":y": "r1" };
  const used = Object.entries(values).filter(([name]) => KeyConditionExpression.includes(name));
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName,
      IndexName: "gsi",
      KeyConditionExpression,
      ExpressionAttributeValues: texts(Object.fromEntries(used)),
      ...more,
    }),
  );
  return { found: Items.map((item) => item["pk"]?.S).join(" "), LastEvaluatedKey };
}

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "multi-attribute-keys" });
  client = new DynamoDBClient(cloud.clientConfig());
  await table(TableName, "pk h g a b c d", {
    GlobalSecondaryIndexes: [index("gsi", "h g", "a b c d"), index("hashes", "h g"), index("plain", "h", "a")],
  });
  const rows = {
    p1: { a: "T", b: "live", c: "b", d: "r1" },
    p2: { a: "T", b: "live", c: "a", d: "r2" },
    p3: { a: "T", b: "live", c: "a", d: "r1" },
    p4: { a: "T", b: "draft", c: "c", d: "r1" },
    p5: { a: "F", b: "live", c: "a", d: "r0" },
    without: { a: "T", b: "live", d: "r1" },
  };
  for (const [pk, row] of Object.entries(rows)) await put(texts({ pk, h: "o1", g: "x", ...row }));
  await put(texts({ pk: "other", h: "o1", g: "y", a: "T", b: "live", c: "a", d: "r1" }));
  await put(texts({ pk: "halves", h: "o", g: "1x", a: "T", b: "live", c: "a", d: "r1" }));
});
afterAll(() => cloud.close());

describe("Query", () => {
  test.each([
    ["h = :h AND g = :g", "p5 p4 p3 p2 p1"],
    ["h = :h AND g = :g AND a = :a", "p4 p3 p2 p1"],
    ["h = :h AND g = :g AND a = :a AND b = :b", "p3 p2 p1"],
    ["h = :h AND g = :g AND a = :a AND b = :b AND c = :c", "p3 p2"],
    ["h = :h AND g = :g AND a = :a AND b = :b AND c > :c", "p1"],
    ["h = :h AND g = :g AND a = :a AND b = :b AND c = :c AND begins_with(d, :d)", "p3 p2"],
    ["h = :h AND g = :g AND a = :a AND b = :b AND c = :c AND d BETWEEN :x AND :y", "p3"],
    ["h = :h AND g = :g AND a = :a AND b < :b", "p4"],
    ["h = :h AND g = :g AND a >= :a", "p4 p3 p2 p1"],
    ["b = :b AND g = :g AND h = :h AND a = :a", "p3 p2 p1"],
  ])("%s gives %s", async (condition, found) => {
    expect((await query(condition)).found).toBe(found);
    const back = await query(condition, { ScanIndexForward: false });
    expect(back.found).toBe(found.split(" ").toReversed().join(" "));
  });

  test.each([
    ["a gap", "a = :a AND c = :c", range("b", "c")],
    ["a range before the last", "a = :a AND b > :b AND c = :c", range("b", "c")],
    ["the first left out", "b = :b", range("a", "b")],
    ["two left out", "c = :c", range("a, b", "c")],
    ["no sort attribute", "pk = :c", "Query condition missed key schema element: a"],
    [
      "the type of another",
      "a = :n",
      `${INVALID}Condition parameter type does not match schema type`,
      { ":n": { N: "1" } },
    ],
  ] as const)("%s is refused", async (_, condition, message, more: Record<string, AttributeValue> = {}) => {
    const all = { ...texts({ ":h": "o1", ":g": "x", ":a": "T", ":b": "live", ":c": "a" }), ...more };
    const used = Object.fromEntries(
      Object.entries(all).filter(([name]) => `h = :h g = :g ${condition}`.includes(name)),
    );
    await expect(
      query(`h = :h AND g = :g AND ${condition}`, { ExpressionAttributeValues: used }),
    ).rejects.toMatchObject({ name: "ValidationException", message });
  });

  function range(unequal: string, last: string): string {
    return `RANGE key attributes ${unequal} must have equality conditions specified in the query because a condition is present on key attribute ${last}`;
  }

  test.each([
    ["h = :h", "Query condition missed key schema element: g"],
    ["g = :g", "Query condition missed key schema element: h"],
    ["h = :h AND g > :g", "Query key condition not supported"],
  ])("a partition key that is not whole is refused: %s", async (condition, message) => {
    await expect(query(condition)).rejects.toMatchObject({ name: "ValidationException", message });
  });

  test("no filter on an attribute of the key", async () => {
    await expect(query("h = :h AND g = :g", { FilterExpression: "c = :h" })).rejects.toMatchObject({
      message: "Filter Expression can only contain non-primary key attributes: Primary key attribute: c",
    });
  });

  test("KeyConditions follow the same rules", async () => {
    const equal = (S: string) => ({ ComparisonOperator: "EQ" as const, AttributeValueList: [{ S }] });
    const by = (KeyConditions: QueryCommandInput["KeyConditions"]) =>
      client.send(new QueryCommand({ TableName, IndexName: "gsi", KeyConditions }));
    expect((await by({ h: equal("o1"), g: equal("x"), a: equal("T"), b: equal("draft") })).Count).toBe(1);
    await expect(by({ h: equal("o1"), g: equal("x"), b: equal("live") })).rejects.toMatchObject({
      message: range("a", "b"),
    });
  });

  test("a page's last key has all attributes, and the next goes on after it", async () => {
    const first = await query("h = :h AND g = :g AND a = :a", { Limit: 2 });
    expect(first.found).toBe("p4 p3");
    expect(first.LastEvaluatedKey).toEqual(texts({ pk: "p3", h: "o1", g: "x", a: "T", b: "live", c: "a", d: "r1" }));
    const next = await query("h = :h AND g = :g AND a = :a", { ExclusiveStartKey: first.LastEvaluatedKey });
    expect(next).toEqual({ found: "p2 p1", LastEvaluatedKey: undefined });
    const { d: _, ...short } = first.LastEvaluatedKey ?? {};
    await expect(query("h = :h AND g = :g", { ExclusiveStartKey: short })).rejects.toMatchObject({
      message: "The provided starting key is invalid",
    });
  });

  test("a partition key of two attributes alone", async () => {
    const { found } = await query("h = :h AND g = :g", { IndexName: "hashes" });
    expect(found.split(" ").toSorted()).toEqual(["p1", "p2", "p3", "p4", "p5", "without"]);
  });

  test("numbers, texts and binaries sort attribute by attribute", async () => {
    const attributes = [
      { AttributeName: "pk", AttributeType: "S" as const },
      { AttributeName: "h", AttributeType: "N" as const },
      { AttributeName: "n", AttributeType: "N" as const },
      { AttributeName: "s", AttributeType: "S" as const },
      { AttributeName: "b", AttributeType: "B" as const },
    ];
    await table("Mixed", "", {
      AttributeDefinitions: attributes,
      GlobalSecondaryIndexes: [index("gsi", "h", "n s b")],
    });
    const texted = fc.string({ unit: fc.constantFrom("\u0000", "a", "é", "😀"), minLength: 1, maxLength: 3 });
    const bytes = fc.uint8Array({ min: 0, max: 2, minLength: 1, maxLength: 3 });
    const rows = fc.sample(fc.tuple(fc.integer({ min: -2, max: 2 }), texted, bytes), { numRuns: 150, seed: 7 });
    for (const [at, [n, s, b]] of rows.entries())
      await put({ pk: { S: String(at) }, h: { N: "1" }, n: { N: String(n) }, s: { S: s }, b: { B: b } }, "Mixed");
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: "Mixed",
        IndexName: "gsi",
        KeyConditionExpression: "h = :h",
        ExpressionAttributeValues: { ":h": { N: "1.0" } },
      }),
    );
    const shown = (n: number, s: string, b: Uint8Array) => `${n} ${JSON.stringify(s)} ${b.join(",")}`;
    const sorted = rows.toSorted(
      ([n1, s1, b1], [n2, s2, b2]) =>
        n1 - n2 || Buffer.compare(Buffer.from(s1), Buffer.from(s2)) || Buffer.compare(b1, b2),
    );
    expect(Items.map(({ n, s, b }) => shown(Number(n?.N), s?.S ?? "", b?.B ?? new Uint8Array()))).toEqual(
      sorted.map((row) => shown(...row)),
    );
  });
});

describe("items", () => {
  test("an item is in the index while it has all attributes of its key", async () => {
    await put(texts({ pk: "late", h: "late", g: "x", a: "1", b: "2", c: "3" }));
    const change = (UpdateExpression: string, values?: Record<string, AttributeValue>) =>
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: texts({ pk: "late" }),
          UpdateExpression,
          ExpressionAttributeValues: values,
        }),
      );
    const scan = async () => {
      const { Items = [] } = await client.send(new ScanCommand({ TableName, IndexName: "gsi" }));
      return Items.filter((item) => item["pk"]?.S === "late").map((item) => item["d"]?.S);
    };
    expect(await scan()).toEqual([]);
    await change("SET d = :d", { ":d": { S: "4" } });
    expect(await scan()).toEqual(["4"]);
    await change("SET d = :d", { ":d": { S: "5" } });
    expect(await scan()).toEqual(["5"]);
    await change("REMOVE g");
    expect(await scan()).toEqual([]);
  });

  test.each([
    ["another type", { c: { N: "1" } }, `${INVALID}Type mismatch for Index Key c Expected: S Actual: N IndexName: gsi`],
    [
      "an empty text",
      { c: { S: "" } },
      "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: gsi, IndexKey: c",
    ],
    [
      "sort attributes that are too long together",
      { c: { S: "c".repeat(600) }, d: { S: "d".repeat(600) } },
      `${INVALID}Aggregated size of all range keys has exceeded the size limit of 1024 bytes`,
    ],
  ])("%s is refused", async (_, wrong, message) => {
    await expect(put({ ...texts({ pk: "w" }), ...wrong })).rejects.toMatchObject({
      name: "ValidationException",
      message,
    });
  });

  test("parallel scans see every row once", async () => {
    const found: string[] = [];
    for (let Segment = 0; Segment < 3; Segment += 1) {
      const { Items = [] } = await client.send(
        new ScanCommand({ TableName, IndexName: "hashes", Segment, TotalSegments: 3 }),
      );
      found.push(...Items.map((item) => item["pk"]?.S ?? ""));
    }
    expect(found.toSorted()).toEqual(["halves", "other", "p1", "p2", "p3", "p4", "p5", "without"]);
  });
});
