// UpdateItem, through the real client.

import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
  type AttributeValue,
  type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;

const TableName = "Counters";
const Key = { pk: { S: "a" } };
const start: Record<string, AttributeValue> = {
  ...Key,
  n: { N: "1" },
  tags: { SS: ["x", "y"] },
  steps: { L: [{ N: "0" }, { N: "1" }, { N: "2" }] },
  doc: { M: { own: { S: "here" }, gone: { S: "soon" } } },
};

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "update" });
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

beforeEach(() => client.send(new PutItemCommand({ TableName, Item: start })));
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const update = (
  UpdateExpression: string | undefined,
  values: Record<string, AttributeValue> | undefined,
  more: Partial<UpdateItemCommandInput> = {},
) =>
  client.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression,
      ExpressionAttributeValues: values,
      ReturnValues: "ALL_NEW",
      ...more,
    }),
  );

describe("UpdateItem", () => {
  test.each<[string, Record<string, AttributeValue>, Record<string, AttributeValue | undefined>]>([
    ["SET n = n + :v", { ":v": { N: "0.1" } }, { n: { N: "1.1" } }],
    ["SET n = :v - n", { ":v": { N: "99999999999999999999" } }, { n: { N: "99999999999999999998" } }],
    ["SET n = if_not_exists(absent, :v)", { ":v": { S: "new" } }, { n: { S: "new" } }],
    [
      "SET steps = list_append(steps, :v)",
      { ":v": { L: [{ N: "3" }] } },
      { steps: { L: [{ N: "0" }, { N: "1" }, { N: "2" }, { N: "3" }] } },
    ],
    ["SET steps[1] = :v REMOVE steps[0]", { ":v": { S: "one" } }, { steps: { L: [{ S: "one" }, { N: "2" }] } }],
    ["SET steps[9] = :v", { ":v": { S: "end" } }, { steps: { L: [{ N: "0" }, { N: "1" }, { N: "2" }, { S: "end" }] } }],
    [
      "SET doc.extra = :v REMOVE doc.gone",
      { ":v": { S: "v" } },
      { doc: { M: { own: { S: "here" }, extra: { S: "v" } } } },
    ],
    [
      "ADD n :v, tags :t",
      { ":v": { N: "-3" }, ":t": { SS: ["y", "z"] } },
      { n: { N: "-2" }, tags: { SS: ["x", "y", "z"] } },
    ],
    ["ADD fresh :v", { ":v": { N: "7" } }, { fresh: { N: "7" } }],
    ["DELETE tags :t", { ":t": { SS: ["x", "none"] } }, { tags: { SS: ["y"] } }],
    ["DELETE tags :t", { ":t": { SS: ["x", "y"] } }, { tags: undefined }],
    ["SET a = n, n = :v", { ":v": { N: "5" } }, { a: { N: "1" }, n: { N: "5" } }],
  ])("%s", async (expression, values, changes) => {
    const expected = Object.fromEntries(
      Object.entries({ ...start, ...changes }).filter(([, value]) => value !== undefined),
    );
    expect((await update(expression, values)).Attributes).toEqual(expected);
  });

  test("UPDATED_OLD and UPDATED_NEW give what the expression named", async () => {
    expect(
      (await update("SET n = :v, doc.own = :v", { ":v": { N: "9" } }, { ReturnValues: "UPDATED_OLD" })).Attributes,
    ).toEqual({ n: { N: "1" }, doc: { M: { own: { S: "here" } } } });
    expect(
      (await update("SET n = :v, doc.own = :v", { ":v": { N: "9" } }, { ReturnValues: "UPDATED_NEW" })).Attributes,
    ).toEqual({ n: { N: "9" }, doc: { M: { own: { N: "9" } } } });
  });

  test("an update makes the item that is not there", async () => {
    const made = await update(undefined, undefined, { Key: { pk: { S: "made" } } });
    expect(made.Attributes).toEqual({ pk: { S: "made" } });
    expect((await update("ADD n :v", { ":v": { N: "1" } }, { Key: { pk: { S: "counted" } } })).Attributes).toEqual({
      pk: { S: "counted" },
      n: { N: "1" },
    });
  });

  test("AttributeUpdates put, add and delete", async () => {
    const { Attributes } = await update(undefined, undefined, {
      AttributeUpdates: {
        n: { Action: "ADD", Value: { N: "2" } },
        tags: { Action: "DELETE", Value: { SS: ["x"] } },
        steps: { Action: "DELETE" },
        fresh: { Value: { S: "put" } },
      },
    });
    expect(Attributes).toEqual({ ...Key, n: { N: "3" }, tags: { SS: ["y"] }, doc: start["doc"], fresh: { S: "put" } });
  });

  test.each<[string, Record<string, AttributeValue> | undefined, string]>([
    [
      "SET pk = :v",
      { ":v": { S: "b" } },
      "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key",
    ],
    [
      "SET absent = gone + :v",
      { ":v": { N: "1" } },
      "The provided expression refers to an attribute that does not exist in the item",
    ],
    ["SET n = tags + :v", { ":v": { N: "1" } }, "An operand in the update expression has an incorrect data type"],
    [
      "SET nowhere.deep = :v",
      { ":v": { N: "1" } },
      "The document path provided in the update expression is invalid for update",
    ],
    ["ADD tags :v", { ":v": { N: "1" } }, "An operand in the update expression has an incorrect data type"],
    [
      "ADD n :v",
      { ":v": { S: "1" } },
      "1 validation error detected: Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND",
    ],
    [
      "SET a = :v SET b = :v",
      { ":v": { N: "1" } },
      '1 validation error detected: Invalid UpdateExpression: The "SET" section can only be used once in an update expression;',
    ],
    [
      "SET doc = :v, doc.own = :v",
      { ":v": { N: "1" } },
      "1 validation error detected: Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [doc], path two: [doc, own]",
    ],
    [
      "SET steps.a = :v, steps[0] = :v",
      { ":v": { N: "1" } },
      "1 validation error detected: Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [steps, a], path two: [steps, [0]]",
    ],
    [
      "SET n = :w",
      undefined,
      "1 validation error detected: Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :w",
    ],
    [
      "SET n = :v",
      { ":v": { N: "1" }, ":w": { N: "2" } },
      "1 validation error detected: Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}",
    ],
    [
      "SET count = :v",
      { ":v": { N: "1" } },
      "1 validation error detected: Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: count",
    ],
    [
      "INVALID SYNTAX HERE",
      { ":v": { N: "1" } },
      '1 validation error detected: Invalid UpdateExpression: Syntax error; token: "INVALID", near: "INVALID SYNTAX"',
    ],
    [
      "SET n = n + :v - :v",
      { ":v": { N: "1" } },
      '1 validation error detected: Invalid UpdateExpression: Syntax error; token: "-", near: ":v - :v"',
    ],
    ["", undefined, "1 validation error detected: Invalid UpdateExpression: The expression can not be empty;"],
  ])("%s is refused", async (expression, values, message) => {
    await expect(update(expression, values)).rejects.toMatchObject({ name: "ValidationException", message });
  });
});

describe("the size of an update", () => {
  const MAX = 409_600;
  const write = (pk: string, expression: string, values: Record<string, AttributeValue>) =>
    client.send(
      new UpdateItemCommand({
        TableName,
        Key: { pk: { S: pk } },
        UpdateExpression: expression,
        ExpressionAttributeValues: values,
      }),
    );

  // A short key costs less than a clause: what the request writes is too large before the item is.
  test.each<[string, Record<string, AttributeValue>, number]>([
    ["SET b = :pad", {}, MAX - 3 - (19 + 1)],
    ["SET b = :pad, c = :c", { ":c": { S: "y" } }, MAX - 3 - (19 + 1) - (19 + 1 + 1)],
    ["SET b = :pad REMOVE r", {}, MAX - 3 - (19 + 1) - (1 + 1)],
  ])("%s takes a value of so much and no more", async (expression, values, most) => {
    await write("K", expression, { ...values, ":pad": { S: "x".repeat(most) } });
    await expect(write("L", expression, { ...values, ":pad": { S: "x".repeat(most + 1) } })).rejects.toMatchObject({
      name: "ValidationException",
      message: "Item size to update has exceeded the maximum allowed size",
    });
  });

  test("with a long key the item itself is the limit", async () => {
    const key = "k".repeat(100);
    const most = MAX - 2 - 100 - 1;
    await write(key, "SET b = :pad", { ":pad": { S: "x".repeat(most) } });
    await expect(write(`${key}2`, "SET b = :pad", { ":pad": { S: "x".repeat(most) } })).rejects.toMatchObject({
      name: "ValidationException",
    });
  });
});
