// PartiQL, through the real client.

import {
  BatchExecuteStatementCommand,
  CreateTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  ExecuteTransactionCommand,
  type AttributeValue,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;

const run = (Statement: string, Parameters?: AttributeValue[], more: object = {}) =>
  client.send(new ExecuteStatementCommand({ Statement, Parameters, ...more }));
const items = async (Statement: string, Parameters?: AttributeValue[]) => (await run(Statement, Parameters)).Items;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "partiql" });
  client = new DynamoDBClient(cloud.clientConfig());
  await client.send(
    new CreateTableCommand({
      TableName: "Music",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "artist", AttributeType: "S" },
        { AttributeName: "year", AttributeType: "N" },
      ],
      KeySchema: [
        { AttributeName: "artist", KeyType: "HASH" },
        { AttributeName: "year", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "byYear",
          KeySchema: [{ AttributeName: "year", KeyType: "HASH" }],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    }),
  );
  for (const year of [1999, 2001, 2004]) {
    await run(
      `INSERT INTO "Music" VALUE {'artist': 'Ann', 'year': ?, 'tags': <<'a', 'b'>>, 'info': {'songs': [1, 2]}}`,
      [{ N: String(year) }],
    );
  }
  await run(`INSERT INTO Music VALUE {'artist': 'Bob', 'year': 2001, 'alive': true, 'gone': null}`);
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("ExecuteStatement", () => {
  test.each<[string, number[]]>([
    [`SELECT year FROM Music WHERE artist = 'Ann'`, [1999, 2001, 2004]],
    [`SELECT year FROM Music WHERE artist = 'Ann' AND year > 2000 ORDER BY year DESC`, [2004, 2001]],
    [`SELECT year FROM "Music" WHERE artist IN ['Bob', 'Ann'] AND year BETWEEN 2000 AND 2002`, [2001, 2001]],
    [`SELECT year FROM Music."byYear" WHERE year = 2001 AND begins_with(artist, 'B')`, [2001]],
    [`SELECT year FROM Music WHERE alive IS NOT MISSING`, [2001]],
    [
      `SELECT year FROM Music WHERE gone IS NULL OR (artist = 'Ann' AND year <> 1999 AND NOT contains(tags, 'c'))`,
      [2001, 2001, 2004],
    ],
    [`SELECT year FROM Music WHERE size(tags) = 2 AND info.songs[1] = 2 AND year <= 1999`, [1999]],
  ])("%s", async (statement, expected) => {
    const found = await items(statement);
    const years = (found ?? []).map((item) => Number(item["year"]?.N));
    expect(statement.includes("ORDER BY") ? years : years.toSorted((a, b) => a - b)).toEqual(expected);
  });

  test("a limited SELECT goes on with its token", async () => {
    const years: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await run(`SELECT * FROM Music WHERE artist = 'Ann'`, undefined, { Limit: 2, NextToken });
      years.push(...(page.Items ?? []).map((item) => item["year"]?.N));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(years).toEqual(["1999", "2001", "2004"]);
  });

  test("UPDATE sets, adds and removes, and returns what was asked for", async () => {
    await run(`INSERT INTO Music VALUE {'artist': 'Cat', 'year': 1, 'n': 1, 'tags': <<'a'>>, 'plays': [1]}`);
    const changed = await items(
      `UPDATE Music SET n = n + 2 SET tags = set_add(tags, <<'z'>>) SET plays = list_append(plays, ?) REMOVE missed WHERE artist = 'Cat' AND year = 1 RETURNING ALL NEW *`,
      [{ L: [{ S: "x" }] }],
    );
    expect(changed).toEqual([
      {
        artist: { S: "Cat" },
        year: { N: "1" },
        n: { N: "3" },
        tags: { SS: ["a", "z"] },
        plays: { L: [{ N: "1" }, { S: "x" }] },
      },
    ]);
    expect(await items(`UPDATE Music SET n = 9 WHERE artist = 'Cat' AND year = 1 RETURNING MODIFIED OLD *`)).toEqual([
      { n: { N: "3" } },
    ]);
    await expect(run(`UPDATE Music SET n = 10 WHERE artist = 'Cat' AND year = 1 AND n = 1`)).rejects.toMatchObject({
      name: "ConditionalCheckFailedException",
    });
    await expect(run(`UPDATE Music SET n = 10 WHERE artist = 'Nobody' AND year = 1`)).rejects.toMatchObject({
      name: "ConditionalCheckFailedException",
    });
    expect(await items(`DELETE FROM Music WHERE artist = 'Cat' AND year = 1 RETURNING ALL OLD *`)).toMatchObject([
      { n: { N: "9" } },
    ]);
    expect(await items(`DELETE FROM Music WHERE artist = 'Cat' AND year = 1`)).toEqual([]);
  });

  test.each<[string, AttributeValue[] | undefined, string, string]>([
    [
      `INSERT INTO Music VALUE {'artist': 'Ann', 'year': 1999}`,
      undefined,
      "DuplicateItemException",
      "Duplicate primary key exists in table",
    ],
    [
      `UPDATE Music SET n = 1 WHERE artist = 'Ann'`,
      undefined,
      "ValidationException",
      "Where clause does not contain a mandatory equality on all key attributes",
    ],
    [
      `SELECT * FROM Music WHERE artist = ?`,
      undefined,
      "ValidationException",
      "Number of parameters in request and statement don't match.",
    ],
    [`SELECT * FROM Nowhere`, undefined, "ResourceNotFoundException", "Requested resource not found"],
  ])("%s fails", async (statement, parameters, name, message) => {
    await expect(run(statement, parameters)).rejects.toMatchObject({ name, message });
  });

  // Recorded from AWS: TestDynamoDB::test_dynamodb_execute_statement_empy_parameter.
  test("an empty list of parameters is refused", async () => {
    await expect(run(`SELECT * FROM Music`, [])).rejects.toMatchObject({
      name: "ValidationException",
      message:
        "1 validation error detected: Value '[]' at 'parameters' failed to satisfy constraint: Member must have length greater than or equal to 1",
    });
  });
});

describe("BatchExecuteStatement and ExecuteTransaction", () => {
  test("each statement of a batch has its own answer", async () => {
    const { Responses } = await client.send(
      new BatchExecuteStatementCommand({
        Statements: [
          { Statement: `INSERT INTO Music VALUE {'artist': 'Dan', 'year': 1}` },
          { Statement: `INSERT INTO Music VALUE {'artist': 'Ann', 'year': 1999}` },
        ],
      }),
    );
    expect(Responses).toEqual([
      { TableName: "Music" },
      { TableName: "Music", Error: { Code: "DuplicateItem", Message: "Duplicate primary key exists in table" } },
    ]);
  });

  test("a transaction is done whole or not at all", async () => {
    const transact = (...statements: string[]) =>
      client.send(
        new ExecuteTransactionCommand({ TransactStatements: statements.map((Statement) => ({ Statement })) }),
      );
    await expect(
      transact(
        `INSERT INTO Music VALUE {'artist': 'Eve', 'year': 1}`,
        `INSERT INTO Music VALUE {'artist': 'Ann', 'year': 1999}`,
      ),
    ).rejects.toMatchObject({
      name: "TransactionCanceledException",
      CancellationReasons: [
        { Code: "None" },
        { Code: "DuplicateItem", Message: "Duplicate primary key exists in table" },
      ],
    });
    expect(await items(`SELECT * FROM Music WHERE artist = 'Eve'`)).toEqual([]);
    const { Responses } = await transact(
      `INSERT INTO Music VALUE {'artist': 'Eve', 'year': 1}`,
      `EXISTS(SELECT * FROM Music WHERE artist = 'Ann' AND year = 1999 AND tags IS NOT MISSING)`,
      `DELETE FROM Music WHERE artist = 'Ann' AND year = 2004`,
    );
    expect(Responses).toEqual([]);
    const read = await transact(
      `SELECT * FROM Music WHERE artist = 'Eve' AND year = 1`,
      `SELECT * FROM Music WHERE artist = 'Ann' AND year = 2004`,
    );
    expect(read.Responses).toEqual([{ Item: { artist: { S: "Eve" }, year: { N: "1" } } }, {}]);
  });
});
