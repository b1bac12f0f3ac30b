// What AWS says of wrong PutItem, UpdateItem, DeleteItem and GetItem requests, and what it says first: captured in us-east-1 in October 2026.

import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type AttributeValue,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;

const TableName = "Things";
const Key = { pk: { S: "a" } };
const one = (message: string): string => `1 validation error detected: ${message}`;
const INVALID = "One or more parameter values were invalid: ";
const NESTED =
  "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit";
const RETURN_VALUES =
  "Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]";
const CAPACITY =
  "Value 'INVALID' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]";
const METRICS =
  "Value 'INVALID' at 'returnItemCollectionMetrics' failed to satisfy constraint: Member must satisfy enum value set: [SIZE, NONE]";
const EMPTY_NAME =
  "Value at 'TableName' failed to satisfy constraint: Member must have length greater than or equal to 1";
const MIXED =
  "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: ";

function nested(depth: number): AttributeValue {
  let value: AttributeValue = { S: "leaf" };
  for (let level = 0; level < depth; level += 1) value = { M: { n: value } };
  return value;
}

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "item-faults" });
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
type Case = readonly [title: string, input: Input, message: string];

const put = (input: Input) => client.send(new PutItemCommand({ TableName, Item: Key, ...input } as never));
const update = (input: Input) => client.send(new UpdateItemCommand({ TableName, Key, ...input } as never));
const remove = (input: Input) => client.send(new DeleteItemCommand({ TableName, Key, ...input } as never));
const get = (input: Input) => client.send(new GetItemCommand({ TableName, Key, ...input } as never));

async function refuses(answer: Promise<unknown>, message: string): Promise<void> {
  await expect(answer).rejects.toMatchObject({ name: "ValidationException", message });
}

/** The same of a value wherever it stands. */
const values: readonly (readonly [AttributeValue, string])[] = [
  [{ N: "abc" }, "The parameter cannot be converted to a numeric value: abc"],
  [{ N: "" }, "The parameter cannot be converted to a numeric value: "],
  [{ N: " 1" }, "The parameter cannot be converted to a numeric value:  1"],
  [{ N: "0x10" }, "The parameter cannot be converted to a numeric value: 0x10"],
  [{ N: "NaN" }, "The parameter cannot be converted to a numeric value: NaN"],
  [{ N: "1e9223372036854775808" }, "The parameter cannot be converted to a numeric value: 1e9223372036854775808"],
  ...["1e126", "1e2147483647", "1e2147483648", "-1e99999999999", "0e126"].map(
    (N) => [{ N }, "Number overflow. Attempting to store a number with magnitude larger than supported range"] as const,
  ),
  ...["1e-131", "1e-2147483648", "1e-99999999999", "0e-131"].map(
    (N) =>
      [{ N }, "Number underflow. Attempting to store a number with magnitude smaller than supported range"] as const,
  ),
  [{ N: "1".repeat(40) }, "Attempting to store more than 38 significant digits in a Number"],
  [{ SS: [] }, `${INVALID}An string set  may not be empty`],
  [{ NS: [] }, `${INVALID}An number set  may not be empty`],
  [{ BS: [] }, `${INVALID}Binary sets should not be empty`],
  [{ SS: ["b", "a", "b"] }, `${INVALID}Input collection ["a", "b", "b"] contains duplicates.`],
  [
    { BS: [new Uint8Array([255]), new Uint8Array([0]), new Uint8Array([0])] },
    `${INVALID}Input collection ["AA==","/w==","AA=="]of type BS contains duplicates.`,
  ],
  [{ NS: ["2", "1", "2"] }, `${INVALID}Input collection contains duplicates.`],
  [{ NULL: false as true }, `${INVALID}Null attribute value types must have the value of true`],
  [nested(32), NESTED],
];

describe("a value that cannot be", () => {
  test.each(values)("%j", async (value, message) => {
    await refuses(put({ Item: { ...Key, n: value } }), one(message));
    await refuses(put({ Expected: { n: { Value: value } } }), one(message));
    const condition = { ConditionExpression: "n = :v", ExpressionAttributeValues: { ":v": value } };
    await refuses(put(condition), one(message));
    await refuses(remove(condition), one(message));
    await refuses(remove({ Key: { pk: value } }), one(message));
    await refuses(update({ AttributeUpdates: { n: { Value: value } } }), one(message));
    await refuses(get({ Key: { pk: value } }), message);
  });

  test("31 levels are not too many", async () => {
    await put({ Item: { ...Key, n: nested(31) } });
  });
});

describe("what is said first of several faults", () => {
  test.each<Case>([
    ["an empty name, and nothing else", { TableName: "", Item: {}, ReturnValues: "INVALID" }, one(EMPTY_NAME)],
    [
      "no name",
      { TableName: undefined },
      one("Value null at 'tableName' failed to satisfy constraint: Member must not be null"),
    ],
    [
      "an impossible name, before parameters that do not go together",
      { TableName: "aa", ConditionalOperator: "AND" },
      one("Value 'aa' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3"),
    ],
    [
      "enums, in AWS's order",
      { ReturnConsumedCapacity: "INVALID", ReturnItemCollectionMetrics: "INVALID", ReturnValues: "INVALID" },
      `3 validation errors detected: ${CAPACITY}; ${RETURN_VALUES}; ${METRICS}`,
    ],
    [
      "parameters that do not go together, before values",
      { Item: { pk: { SS: [] } }, Expected: { a: { Exists: false } }, ConditionExpression: "" },
      one(`${MIXED}{Expected} Expression parameters: {ConditionExpression}`),
    ],
    [
      "values, before ReturnValues",
      { Item: { pk: { SS: [] } }, ReturnValues: "ALL_NEW" },
      one(`${INVALID}An string set  may not be empty`),
    ],
    [
      "ReturnValues, before expressions",
      { ReturnValues: "UPDATED_NEW", ConditionExpression: "" },
      one("ReturnValues can only be ALL_OLD or NONE"),
    ],
    [
      "expressions, before the table",
      { TableName: "Nothing", ConditionExpression: "" },
      one("Invalid ConditionExpression: The expression can not be empty;"),
    ],
    ["an empty attribute name", { Item: { ...Key, "": { SS: [] } } }, one("Empty attribute name")],
    [
      "names without an expression",
      { ExpressionAttributeNames: { "#a": "a" } },
      one("ExpressionAttributeNames can only be specified when using expressions"),
    ],
  ])("PutItem: %s", async (_title, input, message) => {
    await refuses(put(input), message);
  });

  test.each<Case>([
    ["an empty name", { TableName: "", Key: {} }, one(EMPTY_NAME)],
    [
      "of its enums ReturnValues alone",
      { ReturnValues: "INVALID", ReturnConsumedCapacity: "INVALID" },
      one(RETURN_VALUES),
    ],
    [
      "without a key all members in AWS's order",
      { TableName: "", Key: undefined, ReturnConsumedCapacity: "INVALID", ReturnValues: "INVALID" },
      `4 validation errors detected: ${CAPACITY}; Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1; Value 'INVALID' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; Value null at 'key' failed to satisfy constraint: Member must not be null`,
    ],
    [
      "a wrong ConditionalOperator without a key",
      { Key: undefined, Expected: { a: { Exists: false }, b: { Exists: false } }, ConditionalOperator: "XOR" },
      "2 validation errors detected: Value 'XOR' at 'conditionalOperator' failed to satisfy constraint: Member must satisfy enum value set: [OR, AND]; Value null at 'key' failed to satisfy constraint: Member must not be null",
    ],
    [
      "all parameters that do not go together",
      {
        AttributeUpdates: { a: { Value: { S: "v" } } },
        Expected: { a: { Exists: false } },
        ConditionalOperator: "AND",
        UpdateExpression: "SET a = :v",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: { ":v": { S: "x" } },
      },
      one(
        `${MIXED}{AttributeUpdates, Expected, ConditionalOperator} Expression parameters: {UpdateExpression, ConditionExpression}`,
      ),
    ],
    [
      "the condition, before the update",
      { UpdateExpression: "SET", ConditionExpression: "a = :v", ExpressionAttributeValues: { ":w": { S: "x" } } },
      one(
        "Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :v",
      ),
    ],
    [
      "a key attribute, after everything in the request",
      { UpdateExpression: "SET pk = :v", ExpressionAttributeValues: { ":v": { S: "new" } } },
      `${INVALID}Cannot update attribute pk. This attribute is part of the key`,
    ],
  ])("UpdateItem: %s", async (_title, input, message) => {
    await refuses(update(input), message);
  });

  test.each<Case>([
    [
      "enums, in AWS's order",
      { ReturnValues: "INVALID", ReturnConsumedCapacity: "INVALID" },
      `2 validation errors detected: ${CAPACITY}; ${RETURN_VALUES}`,
    ],
    ["ReturnValues", { ReturnValues: "ALL_NEW" }, one("ReturnValues can only be ALL_OLD or NONE")],
    [
      "a value that must be there",
      { Expected: { a: { Exists: true } } },
      one(`${INVALID}Value must be provided when Exists is true for Attribute: a`),
    ],
    [
      "a value that must not be there",
      { Expected: { a: { Exists: false, Value: { S: "x" } } } },
      one(`${INVALID}Value cannot be used when Exists is false for Attribute: a`),
    ],
    [
      "a value and a list",
      { Expected: { a: { Value: { S: "x" }, ComparisonOperator: "EQ", AttributeValueList: [{ S: "x" }] } } },
      one(`${INVALID}Value and AttributeValueList cannot be used together for Attribute: a`),
    ],
    [
      "an operator without a value",
      { Expected: { a: { ComparisonOperator: "EQ" } } },
      one(`${INVALID}Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: a`),
    ],
    [
      "an operator with too few values",
      { Expected: { a: { ComparisonOperator: "BETWEEN", AttributeValueList: [{ S: "x" }] } } },
      one(`${INVALID}Invalid number of argument(s) for the BETWEEN ComparisonOperator`),
    ],
    [
      "ConditionalOperator without conditions",
      { ConditionalOperator: "OR" },
      one("ConditionalOperator cannot be used without Filter or Expected"),
    ],
    [
      "ConditionalOperator with one condition",
      { ConditionalOperator: "OR", Expected: { a: { Exists: false } } },
      one("ConditionalOperator can only be used when Filter or Expected has two or more elements"),
    ],
    [
      "no such ConditionalOperator",
      { ConditionalOperator: "XOR", Expected: { a: { Exists: false }, b: { Exists: false } } },
      one("Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]"),
    ],
    [
      "empty names",
      { ConditionExpression: "attribute_exists(a)", ExpressionAttributeNames: {} },
      one("ExpressionAttributeNames must not be empty"),
    ],
    [
      "the table's schema, last and bare",
      { Key: { pk: { N: "1" } } },
      "The provided key element does not match the schema",
    ],
  ])("DeleteItem: %s", async (_title, input, message) => {
    await refuses(remove(input), message);
  });

  test.each<Case>([
    [
      "a syntax error, bare",
      { ProjectionExpression: "!!! INVALID !!!" },
      'Invalid ProjectionExpression: Syntax error; token: "!", near: "!!"',
    ],
    [
      "both kinds of projection",
      { ProjectionExpression: "a", AttributesToGet: ["a"] },
      `${MIXED}{AttributesToGet} Expression parameters: {ProjectionExpression}`,
    ],
    ["a name twice", { AttributesToGet: ["a", "a"] }, `${INVALID}Duplicate value in attribute name: a`],
    ["an empty name", { TableName: "", ReturnConsumedCapacity: "INVALID" }, one(EMPTY_NAME)],
  ])("GetItem: %s", async (_title, input, message) => {
    await refuses(get(input), message);
  });
});
