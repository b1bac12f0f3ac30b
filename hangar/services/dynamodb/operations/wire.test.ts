// DynamoDB's answers as they go over the wire: `__type` with its namespace, the case of the message, status, checksum; and bodies that no SDK sends.

import { crc32 } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;

const VALIDATION = "com.amazon.coral.validate#ValidationException";
const SERIALIZATION = "com.amazon.coral.service#SerializationException";
const OWN = "com.amazonaws.dynamodb.v20120810#";
const NESTED =
  "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit";

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "wire" });
  const keys = { KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }] };
  await send("CreateTable", {
    ...keys,
    TableName: "Things",
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
  });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function send(operation: string, body: object | string): Promise<{ status: number; body: unknown }> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const { response } = await cloud.clientConfig().requestHandler.handle({
    method: "POST",
    protocol: "http:",
    hostname: "localhost",
    path: "/",
    headers: {
      host: "localhost",
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDB_20120810.${operation}`,
      "x-amz-date": "20261121T000000Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=any/20261121/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
    },
    body: text,
  });
  const bytes = response.body as Uint8Array;
  expect(response.headers["x-amz-crc32"]).toBe(String(crc32(bytes)));
  expect(response.headers["content-type"]).toBe("application/x-amz-json-1.0");
  return { status: response.statusCode, body: JSON.parse(Buffer.from(bytes).toString()) as unknown };
}

const item = (value: string): string => `{"TableName":"Things","Item":{"pk":{"S":"a"},"v":${value}}}`;
const lists = (levels: number): string => `${'{"L":['.repeat(levels)}{"S":"x"}${"]}".repeat(levels)}`;

describe("an error", () => {
  test.each<[string, string, object | string, object]>([
    [
      "of the model's constraints",
      "GetItem",
      { TableName: "Things" },
      {
        __type: VALIDATION,
        message:
          "1 validation error detected: Value null at 'key' failed to satisfy constraint: Member must not be null",
      },
    ],
    [
      "of the service's own rules",
      "GetItem",
      { TableName: "Things", Key: {} },
      { __type: VALIDATION, message: "The provided key element does not match the schema" },
    ],
    [
      "of the model",
      "GetItem",
      { TableName: "Nothing", Key: { pk: { S: "a" } } },
      { __type: `${OWN}ResourceNotFoundException`, message: "Requested resource not found" },
    ],
    [
      "of a condition",
      "PutItem",
      { TableName: "Things", Item: { pk: { S: "a" } }, ConditionExpression: "attribute_exists(pk)" },
      { __type: `${OWN}ConditionalCheckFailedException`, message: "The conditional request failed" },
    ],
    [
      "of a transaction, with its reasons",
      "TransactWriteItems",
      {
        TransactItems: [
          { Delete: { TableName: "Things", Key: { pk: { S: "a" } }, ConditionExpression: "attribute_exists(pk)" } },
        ],
      },
      {
        __type: `${OWN}TransactionCanceledException`,
        Message:
          "Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed]",
        CancellationReasons: [{ Code: "ConditionalCheckFailed", Message: "The conditional request failed" }],
      },
    ],
    [
      "of an unknown operation, without words",
      "Nothing",
      {},
      { __type: "com.amazon.coral.service#UnknownOperationException" },
    ],
    [
      "of a missing name of a table to be",
      "CreateTable",
      {},
      {
        __type: VALIDATION,
        message: "The parameter 'TableName' is required but was not present in the request",
      },
    ],
    ["of what is no JSON", "PutItem", "{", { __type: SERIALIZATION, Message: "Unexpected token received from parser" }],
    ["of a list", "PutItem", "[]", { __type: SERIALIZATION, Message: "Start of list found where not expected" }],
    [
      "of a number for a text",
      "PutItem",
      { TableName: 1 },
      { __type: SERIALIZATION, Message: "NUMBER_VALUE cannot be converted to String" },
    ],
    [
      "of half a letter",
      "PutItem",
      item('{"B":"abc"}'),
      {
        __type: SERIALIZATION,
        Message: "Base64 encoded length is expected a multiple of 4 bytes but found: 3",
      },
    ],
    [
      "of a value without a type",
      "PutItem",
      item("{}"),
      {
        __type: VALIDATION,
        message:
          "1 validation error detected: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
      },
    ],
    [
      "of a value of an unknown type",
      "PutItem",
      item('{"X":"y"}'),
      {
        __type: VALIDATION,
        message:
          "1 validation error detected: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
      },
    ],
    [
      "of a value of two types",
      "PutItem",
      item('{"S":"y","N":"1"}'),
      {
        __type: VALIDATION,
        message:
          "1 validation error detected: Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
      },
    ],
    [
      "of 33 levels",
      "PutItem",
      item(lists(33)),
      { __type: VALIDATION, message: `1 validation error detected: ${NESTED}` },
    ],
    [
      "of 700 levels",
      "PutItem",
      item(lists(700)),
      { __type: VALIDATION, message: `1 validation error detected: ${NESTED}` },
    ],
  ])("%s", async (_title, operation, body, answer) => {
    expect(await send(operation, body)).toEqual({ status: 400, body: answer });
  });

  test("of a megabyte of lists in each other, at once", async () => {
    const { status, body } = await send("PutItem", item(lists(125_000)));
    expect(status).toBe(400);
    expect(body).toMatchObject({ __type: expect.stringMatching(/#(Validation|Serialization)Exception$/) as string });
  });

  test("of a megabyte of parentheses, at once", async () => {
    const ConditionExpression = "(".repeat(1_000_000);
    const { body } = await send("DeleteItem", { TableName: "Things", Key: { pk: { S: "a" } }, ConditionExpression });
    expect(body).toEqual({
      __type: VALIDATION,
      message:
        "1 validation error detected: Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; expression size: 1000000",
    });
  });
});

test("an answer that says nothing is an empty object", async () => {
  expect(await send("PutItem", item('{"S":""}'))).toEqual({ status: 200, body: {} });
  expect(await send("GetItem", { TableName: "Things", Key: { pk: { S: "none" } } })).toEqual({ status: 200, body: {} });
});
