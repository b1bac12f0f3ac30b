// PartiQL statements together: all or none in a transaction, each for itself in a batch. Answers as recorded from AWS by the suites dynamodb-conformance and floci.

import { BatchExecuteStatementCommand, ExecuteTransactionCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { partiqlCloud, refused } from "../rules/partiql/test-cloud.ts";

let partiql: Awaited<ReturnType<typeof partiqlCloud>>;
const text = (value: string) => ({ S: value });
const INVALID = "ValidationException: ";
const FIRST = `${INVALID}Validation failed in TransactStatements[0]: `;
const CANCELED =
  "TransactionCanceledException: Transaction cancelled, please refer cancellation reasons for specific reasons";
const ONLY_KEY = "Select statements within ExecuteTransaction must specify the primary key in the where clause.";
const ONE_CHECK = "EXISTS() must contain a single item read with additional condition";

beforeAll(async () => {
  partiql = await partiqlCloud("partiql-transaction");
});
afterAll(async () => {
  expect(partiql.cloud.bugs).toEqual([]);
  await partiql.cloud.close();
});
beforeEach(async () => {
  for (const sk of ["1", "2"]) await partiql.put({ pk: text("t"), sk: text(sk), flag: text("on"), n: { N: sk } });
});

const at = (sk: string) => `pk = 't' AND sk = '${sk}'`;
const update = (sk: string, more = "") => `UPDATE Edge SET z = 1 WHERE ${at(sk)}${more}`;
const select = (where: string) => `SELECT * FROM Edge WHERE ${where}`;
const exists = (where: string) => `EXISTS(${select(where)})`;

describe("ExecuteTransaction of writes", () => {
  test("INSERT, UPDATE, DELETE and EXISTS are done together and answer no items", async () => {
    const { Responses } = await partiql.transact(
      `INSERT INTO Edge VALUE {'pk': 't', 'sk': 'new'}`,
      update("1", " AND attribute_exists(flag)"),
      exists(`${at("2")} AND nope IS MISSING`),
      `DELETE FROM Edge WHERE pk = 't' AND sk = 'never'`,
    );
    expect(Responses).toEqual([]);
    expect(await partiql.get("t", "new")).toBeDefined();
    expect((await partiql.get("t", "1"))?.["z"]).toEqual({ N: "1" });
  });

  test("reasons stand in the order of the statements, with the item where asked", async () => {
    const statements = [
      `INSERT INTO Edge VALUE {'pk': 't', 'sk': '1'}`,
      `UPDATE Edge SET z = 1 WHERE pk = 't' AND sk = 'ghost'`,
      exists(`${at("2")} AND flag = 'off'`),
      `UPDATE Edge SET z = 1 WHERE pk = 't'`,
      `INSERT INTO Edge VALUE {'pk': 't'}`,
      `INSERT INTO Edge VALUE {'pk': 't', 'sk': 'fresh'}`,
    ];
    const run = partiql.client.send(
      new ExecuteTransactionCommand({
        TransactStatements: statements.map((Statement) => ({
          Statement,
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        })),
      }),
    );
    const failed = { Code: "ConditionalCheckFailed", Message: "The conditional request failed" };
    await expect(run).rejects.toMatchObject({
      CancellationReasons: [
        { Code: "DuplicateItem", Message: "Duplicate primary key exists in table", Item: { sk: text("1") } },
        failed,
        { ...failed, Item: { sk: text("2") } },
        { Code: "ValidationError", Message: "The provided key element does not match the schema" },
        {
          Code: "ValidationError",
          Message: "One or more parameter values were invalid: Missing the key sk in the item",
        },
        { Code: "None" },
      ],
    });
    expect(await partiql.get("t", "fresh")).toBeUndefined();
  });

  test.each<[string, string[], string]>([
    [
      "one that is not well formed",
      [update("1"), "SLECT 1"],
      `${INVALID}Validation failed in TransactStatements[1]: Statement wasn't well formed, can't be processed: Unexpected token after expression`,
    ],
    [
      "reads with writes",
      [select(at("1")), update("2")],
      `${INVALID}ExecuteTransaction API does not support both read and write operations in the same request.`,
    ],
    [
      "RETURNING",
      [update("1", " RETURNING ALL NEW *")],
      `${FIRST}RETURNING clause is not supported in ExecuteTransaction.`,
    ],
    ["EXISTS of a key alone", [exists(at("1")), update("2")], FIRST + ONE_CHECK],
    ["EXISTS of many items", [exists(`pk = 't' AND flag = 'on'`), update("2")], FIRST + ONE_CHECK],
    ["EXISTS with IN", [exists(`pk IN ['t'] AND sk = '1' AND flag = 'on'`), update("2")], FIRST + ONE_CHECK],
    [
      "one item twice",
      [update("1"), exists(`${at("1")} AND flag = 'on'`)],
      `${INVALID}Transaction request cannot include multiple operations on one item`,
    ],
    [
      "a value that is none",
      [`UPDATE Edge SET n = n + [1] WHERE ${at("1")}`],
      `${FIRST}Incorrect operand type for operator or function; operator or function: +, operand type: L`,
    ],
    ["two keys at once", [update("1", " AND pk = 'other'")], `${CANCELED} [ValidationError]`],
    ["a key of the wrong type", [`UPDATE Edge SET z = 1 WHERE pk = 't' AND sk = 1`], `${CANCELED} [ValidationError]`],
    [
      "EXISTS of two keys",
      [exists(`${at("1")} AND pk = 'other' AND flag = 'on'`), update("2")],
      `${CANCELED} [ConditionalCheckFailed, None]`,
    ],
    [
      "a table that is not there",
      [update("1"), `DELETE FROM "Missing" WHERE pk = 'x' RETURNING ALL OLD *`],
      `${CANCELED} [None, ResourceNotFound]`,
    ],
    [
      "a missing table and a statement that is refused",
      [`DELETE FROM "Missing" WHERE pk = 'x'`, update("1", " RETURNING ALL NEW *")],
      `${INVALID}Validation failed in TransactStatements[1]: RETURNING clause is not supported in ExecuteTransaction.`,
    ],
  ])("%s is refused and nothing is done", async (_, statements, message) => {
    expect(await refused(() => partiql.transact(...statements))).toBe(message);
    expect((await partiql.get("t", "1"))?.["z"]).toBeUndefined();
    expect((await partiql.get("t", "2"))?.["z"]).toBeUndefined();
  });

  test("a parameter that is wrong is refused before any statement is read", async () => {
    const run = () =>
      partiql.client.send(
        new ExecuteTransactionCommand({
          TransactStatements: [
            { Statement: "SLECT 1" },
            { Statement: `UPDATE Edge SET z = ? WHERE ${at("1")}`, Parameters: [{ SS: ["a", "a"] }] },
          ],
        }),
      );
    expect(await refused(run)).toBe(
      `${INVALID}One or more parameter values were invalid: Input collection [a, a] contains duplicates.`,
    );
  });

  test("sent again with its token it is not run again, and costs reads", async () => {
    const send = (Statement: string, ReturnConsumedCapacity: "TOTAL" | "NONE" = "TOTAL") =>
      partiql.client.send(
        new ExecuteTransactionCommand({
          ClientRequestToken: "once",
          ReturnConsumedCapacity,
          TransactStatements: [{ Statement }],
        }),
      );
    const add = `UPDATE Edge SET n = n + 1 WHERE ${at("1")}`;
    expect((await send(add)).ConsumedCapacity).toEqual([
      { TableName: "Edge", CapacityUnits: 2, WriteCapacityUnits: 2 },
    ]);
    expect((await send(add)).ConsumedCapacity).toEqual([{ TableName: "Edge", CapacityUnits: 2, ReadCapacityUnits: 2 }]);
    expect((await send(add, "NONE")).ConsumedCapacity).toBeUndefined();
    expect((await partiql.get("t", "1"))?.["n"]).toEqual({ N: "2" });
    expect(await refused(() => send(update("1")))).toMatch(/^IdempotentParameterMismatchException/);
  });
});

describe("ExecuteTransaction of reads", () => {
  test("answers an item for each statement, as of one moment", async () => {
    const { Responses, ConsumedCapacity } = await partiql.client.send(
      new ExecuteTransactionCommand({
        ReturnConsumedCapacity: "TOTAL",
        TransactStatements: [
          { Statement: `SELECT n FROM Edge WHERE (sk = '1') AND pk = 't' AND pk = 't'` },
          { Statement: select(`pk IN ['t'] AND sk IN ['never']`) },
        ],
      }),
    );
    expect(Responses).toEqual([{ Item: { n: { N: "1" } } }, {}]);
    expect(ConsumedCapacity).toEqual([{ TableName: "Edge", CapacityUnits: 4, ReadCapacityUnits: 4 }]);
  });

  test.each<[string, string[], string]>([
    ["more than a key", [select(`${at("1")} AND flag = 'on'`)], FIRST + ONLY_KEY],
    ["less than a key", [select(`pk = 't'`)], FIRST + ONLY_KEY],
    ["two keys", [select(`${at("1")} AND pk = 'other'`)], FIRST + ONLY_KEY],
    ["no WHERE", [`SELECT * FROM Edge`], FIRST + ONLY_KEY],
    ["a function", [select(`${at("1")} AND attribute_exists(flag)`)], FIRST + ONLY_KEY],
    [
      "an index",
      [`SELECT * FROM Edge."gsi-all" WHERE gsiPk = 'x'`],
      `${FIRST}Reads on indices are not supported within transactions.`,
    ],
    [
      "overlaps",
      [select(`pk IN ['t', 't'] AND sk = '1'`)],
      `${FIRST}Overlapping conditions with range keys are not supported in where clause`,
    ],
    [
      "one item twice",
      [select(at("1")), select(at("1"))],
      `${INVALID}Transaction request cannot include multiple operations on one item`,
    ],
    [
      "a key of the wrong type",
      [select(at("1")), select(at("1")), select(`pk = 1 AND sk = '1'`)],
      `${CANCELED} [None, None, ValidationError]`,
    ],
    [
      "a missing table",
      [select(at("1")), `SELECT * FROM "Missing"."idx" WHERE pk = 'x'`],
      `${CANCELED} [None, ResourceNotFound]`,
    ],
  ])("%s is refused", async (_, statements, message) => {
    expect(await refused(() => partiql.transact(...statements))).toBe(message);
  });
});

describe("BatchExecuteStatement", () => {
  const TableName = "Edge";
  const ONLY = "Select statements within BatchExecuteStatement must specify the primary key in the where clause.";
  const invalid = (Message: string) => ({ Code: "ValidationError", Message });

  test("reads are answered each by itself, what fails with its code", async () => {
    const { Responses } = await partiql.batch(
      `SELECT n FROM Edge WHERE ${at("1")}`,
      select(at("never")),
      select(`pk = 't'`),
      select(`${at("1")} AND flag = 'on'`),
      `SELECT * FROM Edge."gsi-all" WHERE gsiPk = 'x'`,
      `SELECT * FROM "Missing" WHERE pk = 'x'`,
      "SLECT",
    );
    expect(Responses).toEqual([
      { TableName, Item: { n: { N: "1" } } },
      { TableName },
      { TableName, Error: invalid(ONLY) },
      { TableName, Error: invalid(ONLY) },
      { TableName, Error: invalid(ONLY) },
      { TableName: "Missing", Error: { Code: "ResourceNotFound", Message: "Requested resource not found" } },
      { Error: invalid("Unsupported operation: Id") },
    ]);
  });

  test("writes are done each by itself, with what RETURNING asks for and the item that failed", async () => {
    const { Responses, ConsumedCapacity } = await partiql.client.send(
      new BatchExecuteStatementCommand({
        ReturnConsumedCapacity: "TOTAL",
        Statements: [
          { Statement: update("1", " RETURNING MODIFIED NEW *") },
          { Statement: `UPDATE Edge REMOVE flag WHERE ${at("2")} RETURNING MODIFIED NEW *` },
          { Statement: update("2", " AND n = 9"), ReturnValuesOnConditionCheckFailure: "ALL_OLD" },
          { Statement: `INSERT INTO Edge VALUE {'pk': 't', 'sk': '1'}` },
          { Statement: `DELETE FROM Edge WHERE ${at("1")} RETURNING ALL NEW *` },
          { Statement: exists(`${at("1")} AND n = 1`) },
          { Statement: update("1"), Parameters: [{ N: "1" }] },
        ],
      }),
    );
    expect(Responses).toEqual([
      { TableName, Item: { z: { N: "1" } } },
      { TableName },
      {
        TableName,
        Error: {
          Code: "ConditionalCheckFailed",
          Message: "The conditional request failed",
          Item: { pk: text("t"), sk: text("2"), n: { N: "2" } },
        },
      },
      { TableName, Error: { Code: "DuplicateItem", Message: "Duplicate primary key exists in table" } },
      {
        Error: invalid(
          "Invalid returning clause: RETURNING ALL NEW *. Only RETURNING ALL OLD * is allowed in DELETE statements.",
        ),
      },
      { Error: invalid("EXISTS can only be used in ExecuteTransaction write requests.") },
      { Error: invalid("Number of parameters in request and statement don't match.") },
    ]);
    expect(ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 2 }]);
  });

  test("reads and writes are not mixed, and there are at most 25", async () => {
    expect(await refused(() => partiql.batch(select(at("1")), update("1")))).toBe(
      `${INVALID}Read and write requests together in the same batch is not supported.`,
    );
    expect(await refused(() => partiql.batch(...Array.from({ length: 26 }, () => select(at("1")))))).toMatch(
      /Member must have length less than or equal to 25/,
    );
  });
});
