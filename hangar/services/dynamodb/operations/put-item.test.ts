// PutItem, GetItem and DeleteItem, through the real clients.

import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type AttributeValue,
  type PutItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;

const TableName = "Things";

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "put" });
  client = new DynamoDBClient(cloud.clientConfig());
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "gk", AttributeType: "S" },
      ],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      GlobalSecondaryIndexes: [
        {
          IndexName: "gsi1",
          KeySchema: [{ AttributeName: "gk", KeyType: "HASH" }],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    }),
  );
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const put = (Item: Record<string, AttributeValue>, more: Partial<PutItemCommandInput> = {}) =>
  client.send(new PutItemCommand({ TableName, Item, ...more }));
const get = async (pk: string) => (await client.send(new GetItemCommand({ TableName, Key: { pk: { S: pk } } }))).Item;

describe("PutItem", () => {
  test("every datatype comes back as it was put, numbers in their plain form", async () => {
    const item: Record<string, AttributeValue> = {
      pk: { S: "all" },
      text: { S: "größe 😀" },
      empty: { S: "" },
      bytes: { B: new Uint8Array([0, 255, 128]) },
      no: { BOOL: false },
      nothing: { NULL: true },
      texts: { SS: ["b", "a"] },
      blobs: { BS: [new Uint8Array([1]), new Uint8Array([2])] },
      nested: { M: { list: { L: [{ N: "1" }, { M: {} }, { L: [] }] }, "": { S: "unnamed" } } },
    };
    await put({ ...item, number: { N: "0042.1200" }, numbers: { NS: ["1e2", "-0.50"] } });
    expect(await get("all")).toEqual({ ...item, number: { N: "42.12" }, numbers: { NS: ["100", "-0.5"] } });
  });

  test("the document client's plain values come back", async () => {
    const documents = DynamoDBDocumentClient.from(client);
    const Item = { pk: "document", list: [1, "two", null, { three: new Set(["x"]) }], big: 12345678901234 };
    await documents.send(new PutCommand({ TableName, Item }));
    expect((await documents.send(new GetCommand({ TableName, Key: { pk: "document" } }))).Item).toEqual(Item);
  });

  test("ALL_OLD returns what was replaced", async () => {
    expect((await put({ pk: { S: "old" }, n: { N: "1" } }, { ReturnValues: "ALL_OLD" })).Attributes).toBeUndefined();
    expect((await put({ pk: { S: "old" }, n: { N: "2" } }, { ReturnValues: "ALL_OLD" })).Attributes).toEqual({
      pk: { S: "old" },
      n: { N: "1" },
    });
  });

  test("a failed condition can show the item that failed it", async () => {
    await put({ pk: { S: "taken" }, by: { S: "me" } });
    await expect(
      put(
        { pk: { S: "taken" } },
        { ConditionExpression: "attribute_not_exists(pk)", ReturnValuesOnConditionCheckFailure: "ALL_OLD" },
      ),
    ).rejects.toMatchObject({
      name: "ConditionalCheckFailedException",
      message: "The conditional request failed",
      Item: { pk: { S: "taken" }, by: { S: "me" } },
    });
    expect(await get("taken")).toEqual({ pk: { S: "taken" }, by: { S: "me" } });
  });

  test("Expected does what ConditionExpression does", async () => {
    await put({ pk: { S: "legacy" }, n: { N: "5" } }, { Expected: { pk: { Exists: false } } });
    await expect(
      put({ pk: { S: "legacy" } }, { Expected: { n: { ComparisonOperator: "GT", AttributeValueList: [{ N: "5" }] } } }),
    ).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
    await put({ pk: { S: "legacy" } }, { Expected: { n: { Value: { N: "5.0" } } } });
    expect(await get("legacy")).toEqual({ pk: { S: "legacy" } });
  });

  test("a write takes a unit for each KB, and as much for each index it touches", async () => {
    const { ConsumedCapacity } = await put(
      { pk: { S: "units" }, gk: { S: "g" }, body: { S: "x".repeat(1500) } },
      { ReturnConsumedCapacity: "INDEXES" },
    );
    expect(ConsumedCapacity).toEqual({
      TableName,
      CapacityUnits: 4,
      Table: { CapacityUnits: 2 },
      GlobalSecondaryIndexes: { gsi1: { CapacityUnits: 2 } },
    });
  });

  test("a table may be named by its ARN", async () => {
    await client.send(
      new PutItemCommand({
        TableName: `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`,
        Item: { pk: { S: "arn" } },
      }),
    );
    expect(await get("arn")).toEqual({ pk: { S: "arn" } });
  });

  const bad = "One or more parameter values were invalid: ";
  const one = "1 validation error detected: ";
  test.each<[string, Record<string, AttributeValue>, string]>([
    ["the key is missing", { n: { N: "1" } }, `${bad}Missing the key pk in the item`],
    ["the key has another type", { pk: { N: "5" } }, `${bad}Type mismatch for key pk expected: S actual: N`],
    [
      "the key is empty",
      { pk: { S: "" } },
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk",
    ],
    [
      "the key is too long",
      { pk: { S: "x".repeat(2049) } },
      `${bad}Size of hashkey has exceeded the maximum size limit of2048 bytes`,
    ],
    [
      "an index key has another type",
      { pk: { S: "x" }, gk: { L: [] } },
      `${bad}Type mismatch for Index Key gk Expected: S Actual: L IndexName: gsi1`,
    ],
    [
      "an index key is empty",
      { pk: { S: "x" }, gk: { S: "" } },
      "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: gsi1, IndexKey: gk",
    ],
    ["a set is empty", { pk: { S: "x" }, s: { SS: [] } }, `${one}${bad}An string set  may not be empty`],
    [
      "a set repeats itself",
      { pk: { S: "x" }, s: { SS: ["a", "a"] } },
      `${one}${bad}Input collection ["a", "a"] contains duplicates.`,
    ],
    [
      "a number repeats itself in another spelling",
      { pk: { S: "x" }, s: { NS: ["1", "1.0"] } },
      `${one}${bad}Input collection contains duplicates.`,
    ],
    [
      "a number is none",
      { pk: { S: "x" }, n: { N: "five" } },
      `${one}The parameter cannot be converted to a numeric value: five`,
    ],
    [
      "a number has 39 digits",
      { pk: { S: "x" }, n: { N: "1".repeat(39) } },
      `${one}Attempting to store more than 38 significant digits in a Number`,
    ],
    [
      "a number is too large",
      { pk: { S: "x" }, n: { N: "1e126" } },
      `${one}Number overflow. Attempting to store a number with magnitude larger than supported range`,
    ],
    [
      "a number is too small",
      { pk: { S: "x" }, n: { N: "1e-131" } },
      `${one}Number underflow. Attempting to store a number with magnitude smaller than supported range`,
    ],
    [
      "NULL is false",
      { pk: { S: "x" }, n: { NULL: false as true } },
      `${one}${bad}Null attribute value types must have the value of true`,
    ],
    [
      "the item is larger than 400 KB",
      { pk: { S: "x" }, b: { S: "x".repeat(409_597) } },
      "Item size has exceeded the maximum allowed size",
    ],
  ])("it says so when %s", async (_name, item, message) => {
    await expect(put(item)).rejects.toMatchObject({ name: "ValidationException", message });
  });

  test("an item of exactly 400 KB fits", async () => {
    await put({ pk: { S: "x" }, b: { S: "x".repeat(409_600 - 4) } });
  });

  test.each<[string, Partial<PutItemCommandInput>, string]>([
    [
      "both generations of parameters are used",
      { Expected: { pk: { Exists: false } }, ConditionExpression: "attribute_not_exists(pk)" },
      `${one}Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}`,
    ],
    [
      "values have no expression",
      { ExpressionAttributeValues: { ":v": { S: "x" } } },
      `${one}ExpressionAttributeValues can only be specified when using expressions`,
    ],
    [
      "parentheses are doubled",
      { ConditionExpression: "((attribute_not_exists(pk)))" },
      `${one}Invalid ConditionExpression: The expression has redundant parentheses;`,
    ],
    [
      "ReturnValues is another operation's",
      { ReturnValues: "ALL_NEW" },
      `${one}ReturnValues can only be ALL_OLD or NONE`,
    ],
  ])("it says so when %s", async (_name, more, message) => {
    await expect(put({ pk: { S: "x" } }, more)).rejects.toMatchObject({ name: "ValidationException", message });
  });

  test("a table that is not there is not named", async () => {
    await expect(
      client.send(new PutItemCommand({ TableName: "Nothing", Item: { pk: { S: "x" } } })),
    ).rejects.toMatchObject({ name: "ResourceNotFoundException", message: "Requested resource not found" });
  });
});

describe("GetItem", () => {
  test("a projection keeps the shape of what it takes", async () => {
    await put({
      pk: { S: "shape" },
      m: { M: { a: { N: "1" }, b: { L: [{ S: "x" }, { S: "y" }, { S: "z" }] } } },
      gone: { S: "…" },
    });
    const { Item } = await client.send(
      new GetItemCommand({
        TableName,
        Key: { pk: { S: "shape" } },
        ProjectionExpression: "m.#b[2], m.#b[0], absent",
        ExpressionAttributeNames: { "#b": "b" },
      }),
    );
    expect(Item).toEqual({ m: { M: { b: { L: [{ S: "x" }, { S: "z" }] } } } });
  });

  test("a read takes a unit for each 4 KB, half of it when it need not be consistent", async () => {
    await put({ pk: { S: "read" }, b: { S: "x".repeat(5000) } });
    const units = async (ConsistentRead: boolean) =>
      (
        await client.send(
          new GetItemCommand({
            TableName,
            Key: { pk: { S: "read" } },
            ConsistentRead,
            ReturnConsumedCapacity: "TOTAL",
          }),
        )
      ).ConsumedCapacity?.CapacityUnits;
    expect([await units(false), await units(true)]).toEqual([1, 2]);
  });

  test.each<[string, Record<string, AttributeValue>]>([
    ["of another type", { pk: { N: "1" } }],
    ["with more than the key", { pk: { S: "x" }, more: { S: "y" } }],
    ["without the key", { other: { S: "x" } }],
  ])("a Key %s does not match the schema", async (_name, Key) => {
    await expect(client.send(new GetItemCommand({ TableName, Key }))).rejects.toMatchObject({
      name: "ValidationException",
      message: "The provided key element does not match the schema",
    });
  });
});

describe("DeleteItem", () => {
  test("what is deleted can be returned; deleting nothing is no error", async () => {
    await put({ pk: { S: "bye" }, n: { N: "1" } });
    const Key = { pk: { S: "bye" } };
    expect((await client.send(new DeleteItemCommand({ TableName, Key, ReturnValues: "ALL_OLD" }))).Attributes).toEqual({
      pk: { S: "bye" },
      n: { N: "1" },
    });
    expect(
      (await client.send(new DeleteItemCommand({ TableName, Key, ReturnValues: "ALL_OLD" }))).Attributes,
    ).toBeUndefined();
    await expect(
      client.send(new DeleteItemCommand({ TableName, Key, ConditionExpression: "attribute_exists(pk)" })),
    ).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
  });
});
