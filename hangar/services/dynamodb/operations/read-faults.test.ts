// What AWS says of wrong Query and Scan requests, and what it says first: captured in October 2026.

import {
  CreateTableCommand,
  DynamoDBClient,
  QueryCommand,
  ScanCommand,
  type AttributeValue,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;

const TableName = "Numbered";
const INVALID = "One or more parameter values were invalid: ";
const SCHEMA = `${INVALID}Condition parameter type does not match schema type`;
const MIXED =
  "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: ";

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "read-faults" });
  client = new DynamoDBClient(cloud.clientConfig());
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "sk", AttributeType: "N" },
        { AttributeName: "gk", AttributeType: "S" },
      ],
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "few",
          KeySchema: [{ AttributeName: "gk", KeyType: "HASH" }],
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
      ],
    }),
  );
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

type Input = Record<string, unknown>;
type Values = Record<string, AttributeValue>;

const query = (input: Input) => client.send(new QueryCommand({ TableName, ...input } as never));
const scan = (input: Input) => client.send(new ScanCommand({ TableName, ...input } as never));

async function refuses(answer: Promise<unknown>, message: string): Promise<void> {
  await expect(answer).rejects.toMatchObject({ name: "ValidationException", message });
}

const operand = (operator: string, type: string): string =>
  `Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`;
const q: AttributeValue = { S: "q" };
const one: AttributeValue = { N: "1" };
const yes: AttributeValue = { BOOL: true };

describe("a key condition", () => {
  test.each<[string, Values, string]>([
    ["pk = :p AND begins_with(sk, :v)", { ":p": q, ":v": one }, operand("begins_with", "N")],
    ["pk = :p AND begins_with(sk, :v)", { ":p": q, ":v": yes }, operand("begins_with", "BOOL")],
    ["pk = :p AND begins_with(sk, :v)", { ":p": q, ":v": { S: "a" } }, SCHEMA],
    ["pk = :p AND sk < :v", { ":p": q, ":v": yes }, operand("<", "BOOL")],
    ["pk = :p AND :v >= sk", { ":p": q, ":v": yes }, operand(">=", "BOOL")],
    ["pk = :p AND sk BETWEEN :v AND :v", { ":p": q, ":v": yes }, operand("BETWEEN", "BOOL")],
    ["pk = :p AND sk = :v", { ":p": q, ":v": yes }, SCHEMA],
    [
      "pk = :p AND sk > :a AND sk < :a",
      { ":p": q, ":a": one },
      "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key",
    ],
    [
      "pk = :p AND sk > :a AND extra = :a",
      { ":p": q, ":a": one },
      "The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)",
    ],
    [
      "pk = :p",
      { ":p": { S: "x".repeat(2049) } },
      `${INVALID}Size of hashkey has exceeded the maximum size limit of2048 bytes`,
    ],
    ["sk = :v", { ":v": one }, "Query condition missed key schema element: pk"],
    ["attr1 = :v", { ":v": one }, "Query condition missed key schema element: pk"],
    ["pk > :p", { ":p": q }, "Query key condition not supported"],
    ["pk = :p OR sk = :v", { ":p": q, ":v": one }, "Invalid operator used in KeyConditionExpression: OR"],
    ["NOT pk = :p", { ":p": q }, "Invalid operator used in KeyConditionExpression: NOT"],
    ["pk IN (:p)", { ":p": q }, "Invalid operator used in KeyConditionExpression: IN"],
    ["pk <> :p", { ":p": q }, "Invalid operator used in KeyConditionExpression: <>"],
    ["contains(pk, :p)", { ":p": q }, "Invalid operator used in KeyConditionExpression: contains"],
    ["size(pk) = :p", { ":p": one }, "KeyConditionExpressions cannot contain nested operations"],
    ["((pk = :p))", { ":p": q }, "Invalid KeyConditionExpression: The expression has redundant parentheses;"],
    [
      "pk = :p",
      { ":p": { S: "" } },
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk",
    ],
    [
      "pk = :missing AND begins_with(sk, :n)",
      { ":n": one },
      "Invalid KeyConditionExpression: An expression attribute value used in expression is not defined; attribute value: :missing",
    ],
    ["begins_with(sk, :n) AND pk = :missing", { ":n": one }, operand("begins_with", "N")],
    ["pk = :p AND begins_with(sk, :n) AND sk > :p", { ":p": q, ":n": one }, operand("begins_with", "N")],
  ])("%s with %j", async (KeyConditionExpression, ExpressionAttributeValues, message) => {
    await refuses(query({ KeyConditionExpression, ExpressionAttributeValues }), message);
  });

  test("is looked at before the table", async () => {
    const input = { TableName: "Nothing", ExpressionAttributeValues: { ":p": q, ":n": one } };
    await refuses(
      query({ ...input, KeyConditionExpression: "pk = :p AND begins_with(sk, :n)" }),
      operand("begins_with", "N"),
    );
    await expect(query({ ...input, KeyConditionExpression: "pk = :p AND sk = :n" })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});

const asked = { KeyConditionExpression: "pk = :p", ExpressionAttributeValues: { ":p": q } };
const condition = { ComparisonOperator: "NULL" };

describe("Query", () => {
  test.each<[string, Input, string]>([
    [
      "an unknown Select",
      { ...asked, Select: "INVALID_VALUE" },
      "1 validation error detected: Value 'INVALID_VALUE' at 'select' failed to satisfy constraint: Member must satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]",
    ],
    [
      "a limit of nothing",
      { ...asked, Limit: 0 },
      "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      "a wrong ConditionalOperator, before a wrong Select",
      { KeyConditions: {}, QueryFilter: { b: condition, c: condition }, ConditionalOperator: "XOR", Select: "BOGUS" },
      "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]",
    ],
    [
      "ConditionalOperator without a filter, before no key condition",
      { ConditionalOperator: "AND" },
      "ConditionalOperator cannot be used without Filter or Expected",
    ],
    [
      "all parameters that do not go together",
      {
        ...asked,
        KeyConditions: {},
        QueryFilter: { a: condition },
        ConditionalOperator: "AND",
        ProjectionExpression: "b",
      },
      `${MIXED}{QueryFilter, ConditionalOperator, KeyConditions} Expression parameters: {ProjectionExpression, KeyConditionExpression}`,
    ],
    [
      "no key condition",
      {},
      "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
    ],
    [
      "no projection to select",
      { ...asked, Select: "SPECIFIC_ATTRIBUTES" },
      "1 validation error detected: Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
    ],
    ["a start that is no key", { ...asked, ExclusiveStartKey: { bad: q } }, "The provided starting key is invalid"],
    [
      "a start in another partition",
      { ...asked, ExclusiveStartKey: { pk: { S: "other" }, sk: one } },
      "The provided starting key is outside query boundaries based on provided conditions",
    ],
    [
      "a start with a wrong number",
      { ...asked, ExclusiveStartKey: { pk: { N: "abc" } } },
      "The parameter cannot be converted to a numeric value: abc",
    ],
    [
      "names that are not used, in Java's order",
      { ...asked, ExpressionAttributeNames: { "#b": "b", "#a": "a", "#unused": "c" } },
      "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b, #unused}",
    ],
    [
      "the filter, before the key condition",
      { ...asked, KeyConditionExpression: "", FilterExpression: "#missing = :p" },
      "Invalid FilterExpression: An expression attribute name used in the document path is not defined; attribute name: #missing",
    ],
    [
      "a filter of key attributes",
      { ...asked, FilterExpression: "sk = :p" },
      "Filter Expression can only contain non-primary key attributes: Primary key attribute: sk",
    ],
    [
      "a consistent read of a global index",
      { IndexName: "few", ...asked, ConsistentRead: true },
      "Consistent reads are not supported on global secondary indexes",
    ],
    [
      "what an index does not have",
      {
        IndexName: "few",
        KeyConditionExpression: "gk = :p",
        ExpressionAttributeValues: { ":p": q },
        Select: "ALL_ATTRIBUTES",
      },
      `${INVALID}Select type ALL_ATTRIBUTES is not supported for global secondary index few because its projection type is not ALL`,
    ],
    ["no such index", { IndexName: "none", ...asked }, "The table does not have the specified index: none"],
  ])("says so of %s", async (_title, input, message) => {
    await refuses(query(input), message);
  });
});

describe("Scan", () => {
  test.each<[string, Input, string]>([
    [
      "a limit of nothing",
      { Limit: 0 },
      "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      "a segment without a total",
      { Segment: 0 },
      "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
    ],
    [
      "a total without a segment",
      { TotalSegments: 4 },
      "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
    ],
    [
      "a segment too far",
      { Segment: 5, TotalSegments: 5 },
      "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 5 is not less than TotalSegments: 5",
    ],
    [
      "a start that is no key",
      { ExclusiveStartKey: { bad: q } },
      "The provided starting key is invalid: The provided key element does not match the schema",
    ],
    [
      "a wrong number, in the older words",
      { FilterExpression: "a = :v", ExpressionAttributeValues: { ":v": { N: "" } } },
      "ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value for key :v",
    ],
    [
      "values without an expression, in the older words",
      { ExpressionAttributeValues: { ":v": one } },
      "ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null",
    ],
    [
      "an empty ScanFilter",
      { ScanFilter: {}, ConditionalOperator: "AND" },
      "ConditionalOperator cannot be used without Filter or Expected",
    ],
    [
      "ConditionalOperator with a projection",
      { ConditionalOperator: "AND", ProjectionExpression: "a" },
      `${MIXED}{ConditionalOperator} Expression parameters: {ProjectionExpression}`,
    ],
    [
      "too many arguments",
      { ScanFilter: { a: { ComparisonOperator: "NULL", AttributeValueList: [one] } } },
      `${INVALID}Invalid number of argument(s) for the NULL ComparisonOperator`,
    ],
    [
      "arguments of two types",
      { ScanFilter: { a: { ComparisonOperator: "IN", AttributeValueList: [one, q] } } },
      `${INVALID}AttributeValues inside AttributeValueList must be of same type`,
    ],
    [
      "an argument of a type that has no order",
      { ScanFilter: { a: { ComparisonOperator: "LT", AttributeValueList: [yes] } } },
      `${INVALID}ComparisonOperator LT is not valid for BOOL AttributeValue type`,
    ],
    [
      "an argument that can begin nothing",
      { ScanFilter: { a: { ComparisonOperator: "BEGINS_WITH", AttributeValueList: [one] } } },
      `${INVALID}ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type`,
    ],
    [
      "bounds in the wrong order",
      { ScanFilter: { a: { ComparisonOperator: "BETWEEN", AttributeValueList: [{ N: "2" }, one] } } },
      "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound",
    ],
  ])("says so of %s", async (_title, input, message) => {
    await refuses(scan(input), message);
  });
});
