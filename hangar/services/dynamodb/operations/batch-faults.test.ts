// What AWS says of wrong batches and transactions, and what it says first: captured in us-east-1 in October 2026.

import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  type AttributeValue,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;

const TableName = "Things";
const NESTED =
  "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit";
const INVALID = "One or more parameter values were invalid: ";
const MISMATCH = "The provided key element does not match the schema";
const SYNTAX = 'Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "("';
const CAPACITY =
  "Value 'BOGUS' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]";
const METRICS =
  "Value 'BOGUS' at 'returnItemCollectionMetrics' failed to satisfy constraint: Member must satisfy enum value set: [SIZE, NONE]";
const NAMES =
  "Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]";
const LENGTHS =
  "Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]";

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "batch-faults" });
  client = new DynamoDBClient(cloud.clientConfig());
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    }),
  );
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

type Input = Record<string, unknown>;

const S = (text: string): AttributeValue => ({ S: text });
const put = (Item: object): object => ({ PutRequest: { Item } });
const write = (RequestItems: object, more: Input = {}) =>
  client.send(new BatchWriteItemCommand({ RequestItems, ...more } as never));
const get = (RequestItems: object, more: Input = {}) =>
  client.send(new BatchGetItemCommand({ RequestItems, ...more } as never));
const transact = (TransactItems: readonly object[], more: Input = {}) =>
  client.send(new TransactWriteItemsCommand({ TransactItems, ...more } as never));

function nested(depth: number): AttributeValue {
  let value: AttributeValue = S("leaf");
  for (let level = 0; level < depth; level += 1) value = { M: { n: value } };
  return value;
}

async function refuses(answer: Promise<unknown>, message: string): Promise<void> {
  await expect(answer).rejects.toMatchObject({ name: "ValidationException", message });
}

/** In the words from before October 2026, which these operations still use. */
const values: readonly (readonly [AttributeValue, string])[] = [
  [{ N: "abc" }, "The parameter cannot be converted to a numeric value: abc"],
  [{ N: "" }, "The parameter cannot be converted to a numeric value"],
  [{ N: "1e126" }, "Number overflow. Attempting to store a number with magnitude larger than supported range"],
  [{ N: "1e2147483647" }, "Number underflow. Attempting to store a number with magnitude smaller than supported range"],
  [{ SS: ["b", "a", "b"] }, `${INVALID}Input collection [b, a, b] contains duplicates.`],
  [{ NS: ["2", "1", "2"] }, "Input collection contains duplicates"],
  [nested(32), NESTED],
];

describe("a value that cannot be", () => {
  test.each(values)("%j", async (value, message) => {
    await refuses(write({ [TableName]: [put({ pk: S("a"), v: value })] }), message);
    await refuses(write({ [TableName]: [{ DeleteRequest: { Key: { pk: value } } }] }), message);
    await refuses(transact([{ Put: { TableName, Item: { pk: S("a"), v: value } } }]), message);
    await refuses(transact([{ Delete: { TableName, Key: { pk: value } } }]), message);
    await refuses(
      client.send(new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key: { pk: value } } }] })),
      message,
    );
    await refuses(
      transact([
        {
          Update: {
            TableName,
            Key: { pk: S("a") },
            UpdateExpression: "SET v = :v",
            ExpressionAttributeValues: { ":v": value },
          },
        },
      ]),
      `ExpressionAttributeValues contains invalid value: ${message} for key :v`,
    );
  });
});

describe("BatchWriteItem", () => {
  test.each<[string, object, Input, string]>([
    ["of no table", {}, {}, "The requestItems parameter is required for BatchWriteItem"],
    [
      "enums, before all that is in the batch",
      { "bad!name": [] },
      { ReturnConsumedCapacity: "BOGUS", ReturnItemCollectionMetrics: "BOGUS" },
      `2 validation errors detected: ${CAPACITY}; ${METRICS}`,
    ],
    [
      "no writes",
      { [TableName]: [] },
      {},
      `1 validation error detected: Value '{Things=[]}' at 'requestItems' failed to satisfy constraint: ${LENGTHS}`,
    ],
    [
      "an impossible table",
      { "bad!name": [put({ pk: S("x") })] },
      {},
      `1 validation error detected: Value '{bad!name=[WriteRequest(putRequest=PutRequest(item={pk=AttributeValue(s=x, n=null, b=null, iNT=null, dECIMAL=null, dOUBLE=null, sS=null, nS=null, bS=null, iNTSET=null, dECIMALSET=null, dOUBLESET=null, m=null, l=null, nULL=null, bOOL=null)}, workloadProfileName=null), deleteRequest=null)]}' at 'requestItems' failed to satisfy constraint: ${NAMES}`,
    ],
    ["a key of another type", { [TableName]: [put({ pk: { N: "5" } })] }, {}, MISMATCH],
    ["an item without its key", { [TableName]: [put({ other: S("x") })] }, {}, MISMATCH],
    [
      "an item twice",
      { [TableName]: [put({ pk: S("a") }), { DeleteRequest: { Key: { pk: S("a") } } }] },
      {},
      "Provided list of item keys contains duplicates",
    ],
  ])("%s", async (_title, items, more, message) => {
    await refuses(write(items, more), message);
  });

  test("26 writes are too many", async () => {
    const writes = Array.from({ length: 26 }, (_each, index) => put({ pk: S(`${index}`) }));
    await expect(write({ [TableName]: writes })).rejects.toMatchObject({
      message: expect.stringMatching(
        /^1 validation error detected: Value '\{Things=\[WriteRequest\(.+\)\]\}' at 'requestItems' failed to satisfy constraint: Map value/,
      ) as string,
    });
  });
});

describe("BatchGetItem", () => {
  const Keys = [{ pk: S("a") }];
  const clash = (path: string): string =>
    `Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: ${path}`;

  test.each<[string, object, string]>([
    [
      "of no table",
      {},
      "1 validation error detected: Value at 'RequestItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      "no keys",
      { [TableName]: { Keys: [] } },
      "1 validation error detected: Value at 'RequestItems.Things.member.Keys' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      "101 keys",
      { [TableName]: { Keys: Array.from({ length: 101 }, (_each, index) => ({ pk: S(`${index}`) })) } },
      "1 validation error detected: Value at 'RequestItems.Things.member.Keys' failed to satisfy constraint: Member must have length less than or equal to 100",
    ],
    [
      "an impossible table",
      { "bad!name": { Keys } },
      `1 validation error detected: Value '{"bad!name":{"Keys":[{"pk":{"S":"a"}}]}}' at 'requestItems' failed to satisfy constraint: ${NAMES}`,
    ],
    ["a key twice", { [TableName]: { Keys: [...Keys, ...Keys] } }, "Provided list of item keys contains duplicates"],
    [
      "two kinds of projection",
      { [TableName]: { Keys, ProjectionExpression: "pk" }, Others: { Keys, AttributesToGet: ["pk"] } },
      "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}",
    ],
    ["a path twice", { [TableName]: { Keys, ProjectionExpression: "a, a" } }, clash("[a]")],
    ["a path in another", { [TableName]: { Keys, ProjectionExpression: "a, a.b" } }, clash("[a, b]")],
    [
      "a wrong number, bare",
      { [TableName]: { Keys: [{ pk: { N: "" } }] } },
      "The parameter cannot be converted to a numeric value: ",
    ],
  ])("%s", async (_title, items, message) => {
    await refuses(get(items), message);
  });
});

describe("TransactWriteItems", () => {
  const check = (ConditionExpression: string, more: Input = {}): object => ({
    ConditionCheck: { TableName, Key: { pk: S("a") }, ConditionExpression, ...more },
  });
  const missing = { Put: { TableName: "Missing", Item: { pk: S("a") } } };
  const deep = { Put: { TableName, Item: { pk: S("b"), d: nested(40) } } };
  const unnamed = { Put: { TableName, Item: { pk: S("b"), "": S("x") } } };
  const unused = check("attribute_not_exists(pk)", { ExpressionAttributeValues: { ":v": S("x") } });

  test.each<[string, readonly object[], string]>([
    ["what does not parse, before a missing table", [missing, check("attribute_not_exists(")], SYNTAX],
    ["the first of two faults: a condition", [check("attribute_not_exists("), deep], SYNTAX],
    ["the first of two faults: an item", [deep, check("attribute_not_exists(")], NESTED],
    ["the first of two faults: a name", [unnamed, deep], "Empty attribute name"],
    [
      "a value that is not used, before a missing table",
      [missing, unused],
      "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}",
    ],
    [
      "of one part the condition, before its key",
      [{ Delete: { TableName, Key: { pk: nested(100) }, ConditionExpression: "attribute_exists(" } }],
      'Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "("',
    ],
    [
      "an update that is too long, which it does not measure",
      [
        {
          Update: {
            TableName,
            Key: { pk: S("a") },
            UpdateExpression: `SET ${"a".repeat(4096)} = :v`,
            ExpressionAttributeValues: { ":v": S("x") },
          },
        },
      ],
      "Invalid UpdateExpression: Expression size has exceeded the maximum allowed size;",
    ],
    [
      "one item twice",
      [{ Put: { TableName, Item: { pk: S("a") } } }, { Delete: { TableName, Key: { pk: S("a") } } }],
      "Transaction request cannot include multiple operations on one item",
    ],
    [
      "an empty key, as a whole",
      [{ Put: { TableName, Item: { pk: S("") } } }],
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk",
    ],
  ])("%s", async (_title, items, message) => {
    await refuses(transact(items), message);
  });

  test("enums, before a missing table, all in one answer", async () => {
    await refuses(
      transact([missing], { ReturnConsumedCapacity: "BOGUS", ReturnItemCollectionMetrics: "BOGUS" }),
      `2 validation errors detected: ${CAPACITY}; ${METRICS}`,
    );
    await refuses(
      transact([missing], { ReturnConsumedCapacity: "BOGUS", ClientRequestToken: "x".repeat(37) }),
      `2 validation errors detected: Value '${"x".repeat(37)}' at 'clientRequestToken' failed to satisfy constraint: Member must have length less than or equal to 36; ${CAPACITY}`,
    );
  });

  test("a key of another type cancels", async () => {
    for (const [part, message] of [
      [{ Put: { TableName, Item: { pk: { N: "5" } } } }, `${INVALID}Type mismatch for key pk expected: S actual: N`],
      [{ Delete: { TableName, Key: { pk: { L: [] } } } }, MISMATCH],
    ] as const)
      await expect(transact([part])).rejects.toMatchObject({
        name: "TransactionCanceledException",
        message: "Transaction cancelled, please refer cancellation reasons for specific reasons [ValidationError]",
        CancellationReasons: [{ Code: "ValidationError", Message: message }],
      });
  });
});
