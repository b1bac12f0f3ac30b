// Defining global indexes whose keys have several attributes, and PartiQL on them. Answers as recorded from AWS in October 2026 by the suites dynamodb-conformance and ack-api-quirks. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html

import {
  BatchExecuteStatementCommand,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  PutItemCommand,
  QueryCommand,
  UpdateTableCommand,
  type AttributeValue,
  type CreateTableCommandInput,
  type GlobalSecondaryIndex,
} from "@aws-sdk/client-dynamodb";
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

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "multi-attribute-indexes" });
  client = new DynamoDBClient(cloud.clientConfig());
  await table(TableName, "pk h g a b", {
    GlobalSecondaryIndexes: [index("gsi", "h g", "a b"), index("hashes", "h g"), index("plain", "h", "a")],
  });
  await put(texts({ pk: "p1", h: "o1", g: "x", a: "F", b: "live" }));
});
afterAll(() => cloud.close());

describe("definitions", () => {
  test("four and four are shown as they were given", async () => {
    const gsi = index("most", "a b c d", "e f g h");
    await table("Most", "pk a b c d e f g h", { GlobalSecondaryIndexes: [gsi] });
    const { Table } = await client.send(new DescribeTableCommand({ TableName: "Most" }));
    expect(Table?.GlobalSecondaryIndexes?.[0]?.KeySchema).toEqual(gsi.KeySchema);
  });

  const MANY = `${INVALID}The KeySchema exceeds the maximum allowed number of`;
  const wrong: [string, string, NonNullable<GlobalSecondaryIndex["KeySchema"]>, string][] = [
    [
      "five partition attributes",
      "a b c d e",
      index("gsi", "a b c d e").KeySchema ?? [],
      `${MANY} HASH key attributes`,
    ],
    [
      "five sort attributes",
      "a b c d e f",
      index("gsi", "a", "b c d e f").KeySchema ?? [],
      `${MANY} RANGE key attributes`,
    ],
    [
      "a partition attribute after a sort attribute",
      "a b c",
      [key("a", "HASH"), key("b", "RANGE"), key("c", "HASH")],
      `${INVALID}All HASH key attributes must precede RANGE key attributes in the KeySchema`,
    ],
    [
      "an attribute twice",
      "a b",
      index("gsi", "a b", "a").KeySchema ?? [],
      "The KeySchema contains multiple key attributes with the same name",
    ],
    [
      "sort attributes alone",
      "a b",
      index("gsi", "", "a b").KeySchema ?? [],
      "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
    ],
  ];
  test.each(wrong)("%s: refused when a table is made and when it is updated", async (_, names, KeySchema, message) => {
    const gsi = { ...index("wrong", ""), KeySchema };
    const refusal = { name: "ValidationException", message };
    await expect(table("Wrong", `pk ${names}`, { GlobalSecondaryIndexes: [gsi] })).rejects.toMatchObject(refusal);
    await expect(
      client.send(
        new UpdateTableCommand({
          TableName,
          AttributeDefinitions: strings(names),
          GlobalSecondaryIndexUpdates: [{ Create: gsi }],
        }),
      ),
    ).rejects.toMatchObject(refusal);
  });

  test("keys of tables and local indexes have two attributes at most", async () => {
    const three = [key("pk", "HASH"), key("a", "RANGE"), key("b", "RANGE")];
    const atMost = /failed to satisfy constraint: Member must have length less than or equal to 2$/;
    await expect(table("Wrong", "pk a b", { KeySchema: three })).rejects.toThrow(atMost);
    await expect(
      table("Wrong", "pk a b", {
        KeySchema: three.slice(0, 2),
        LocalSecondaryIndexes: [{ IndexName: "lsi", KeySchema: three, Projection: { ProjectionType: "ALL" } }],
      }),
    ).rejects.toThrow(atMost);
  });

  test("an index that is added later has the items that were there", async () => {
    await table("Later", "pk", {});
    for (const pk of ["2", "1"]) await put(texts({ pk, h: "o1", g: "x", a: pk }), "Later");
    await put(texts({ pk: "3", h: "o1", a: "0" }), "Later");
    await client.send(
      new UpdateTableCommand({
        TableName: "Later",
        AttributeDefinitions: strings("h g a"),
        GlobalSecondaryIndexUpdates: [{ Create: index("gsi", "h g", "a") }],
      }),
    );
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: "Later",
        IndexName: "gsi",
        KeyConditionExpression: "h = :h AND g = :g",
        ExpressionAttributeValues: texts({ ":h": "o1", ":g": "x" }),
      }),
    );
    expect(Items.map((item) => item["pk"]?.S)).toEqual(["1", "2"]);
  });
});

describe("PartiQL", () => {
  const REFUSED =
    "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE keys.";

  test.each([
    "SELECT * FROM Matches.gsi WHERE h = 'o1'",
    "SELECT * FROM Matches.hashes WHERE h = 'o1' AND g = 'x'",
    "SELECT pk FROM Matches.gsi WHERE h = 'o1' AND g = 'x' ORDER BY a DESC",
    "SELECT * FROM Matches.gsi WHERE h = 5",
    "SELECT * FROM Matches.gsi",
  ])("refuses such an index: %s", async (Statement) => {
    await expect(client.send(new ExecuteStatementCommand({ Statement }))).rejects.toMatchObject({
      name: "ValidationException",
      message: REFUSED,
    });
  });

  test("reads the table and its other indexes", async () => {
    for (const from of ["Matches WHERE pk = 'p1'", "Matches.plain WHERE h = 'o1' AND a = 'F'"])
      expect(
        (await client.send(new ExecuteStatementCommand({ Statement: `SELECT * FROM ${from}` }))).Items,
      ).toHaveLength(1);
  });

  test("in a batch it refuses that statement alone, and before it asks for a whole key", async () => {
    const { Responses } = await client.send(
      new BatchExecuteStatementCommand({
        Statements: [
          { Statement: "SELECT * FROM Matches.gsi WHERE h = 'o1' AND g = 'x'" },
          { Statement: "SELECT pk FROM Matches WHERE pk = 'p1'" },
        ],
      }),
    );
    expect(Responses?.map(({ Error: error, Item }) => error?.Message ?? Item)).toEqual([REFUSED, { pk: { S: "p1" } }]);
  });
});
