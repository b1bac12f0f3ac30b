// Transactions and batches, through the real client.

import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  type TransactWriteItem,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;

const TableName = "Accounts";
const key = (pk: string) => ({ pk: { S: pk } });
const account = (pk: string, amount: number) => ({ ...key(pk), amount: { N: String(amount) } });

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "transact" });
  // Clients sign with the host's time: a held clock moves away from it without their signatures growing old.
  cloud.clock.hold();
  client = new DynamoDBClient(cloud.clientConfig());
  for (const name of [TableName, "Other"]) {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      }),
    );
  }
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const put = (pk: string, amount: number) => client.send(new PutItemCommand({ TableName, Item: account(pk, amount) }));
const get = async (pk: string, table = TableName) =>
  (await client.send(new GetItemCommand({ TableName: table, Key: key(pk) }))).Item;
const transact = (TransactItems: TransactWriteItem[], ClientRequestToken?: string) =>
  client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken, ReturnConsumedCapacity: "TOTAL" }));
const add = (pk: string, amount: number): TransactWriteItem => ({
  Update: {
    TableName,
    Key: key(pk),
    UpdateExpression: "ADD amount :v",
    ConditionExpression: "amount >= :least",
    ExpressionAttributeValues: { ":v": { N: String(amount) }, ":least": { N: String(Math.max(0, -amount)) } },
  },
});

describe("TransactWriteItems", () => {
  test("all parts are written, in every table, at twice the units", async () => {
    await put("from", 10);
    await put("to", 0);
    const { ConsumedCapacity } = await transact([
      add("from", -4),
      add("to", 4),
      { Put: { TableName: "Other", Item: key("log") } },
      { ConditionCheck: { TableName: "Other", Key: key("nobody"), ConditionExpression: "attribute_not_exists(pk)" } },
    ]);
    expect([await get("from"), await get("to"), await get("log", "Other")]).toEqual([
      account("from", 6),
      account("to", 4),
      key("log"),
    ]);
    expect(ConsumedCapacity).toEqual([
      { TableName, CapacityUnits: 4, WriteCapacityUnits: 4 },
      { TableName: "Other", CapacityUnits: 4, WriteCapacityUnits: 4 },
    ]);
  });

  test("one failed condition cancels all, each part's reason in its place", async () => {
    await put("poor", 1);
    await put("rich", 100);
    await expect(
      transact([
        add("rich", 50),
        {
          ...add("poor", -50),
          Update: { ...add("poor", -50).Update, ReturnValuesOnConditionCheckFailure: "ALL_OLD" } as never,
        },
      ]),
    ).rejects.toMatchObject({
      name: "TransactionCanceledException",
      message:
        "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]",
      CancellationReasons: [
        { Code: "None" },
        { Code: "ConditionalCheckFailed", Message: "The conditional request failed", Item: account("poor", 1) },
      ],
    });
    expect(await get("rich")).toEqual(account("rich", 100));
  });

  test("a key of another type cancels; an empty key refuses the request", async () => {
    await expect(transact([{ Put: { TableName, Item: { pk: { N: "5" } } } }])).rejects.toMatchObject({
      CancellationReasons: [
        {
          Code: "ValidationError",
          Message: "One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N",
        },
      ],
    });
    await expect(transact([{ Delete: { TableName, Key: { pk: { S: "" } } } }])).rejects.toMatchObject({
      name: "ValidationException",
      message:
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk",
    });
  });

  test("an item may be in a transaction once", async () => {
    await expect(
      transact([{ Put: { TableName, Item: key("x") } }, { Delete: { TableName, Key: key("x") } }]),
    ).rejects.toMatchObject({
      name: "ValidationException",
      message: "Transaction request cannot include multiple operations on one item",
    });
  });

  test("a token outlives its table: another one of the name, with another key, is looked at and not written", async () => {
    const make = (AttributeName: string) =>
      client.send(
        new CreateTableCommand({
          TableName: "Remade",
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: [{ AttributeName, AttributeType: "S" }],
          KeySchema: [{ AttributeName, KeyType: "HASH" }],
        }),
      );
    const send = () => transact([{ Put: { TableName: "Remade", Item: key("a") } }], "remade");
    await make("pk");
    await send();
    await client.send(new DeleteTableCommand({ TableName: "Remade" }));
    await make("other");
    expect((await send()).ConsumedCapacity).toEqual([{ TableName: "Remade", CapacityUnits: 2, ReadCapacityUnits: 2 }]);
  });

  test("the same token runs once within ten minutes, and never for another request", async () => {
    await put("once", 0);
    await transact([add("once", 1)], "token");
    const again = await transact([add("once", 1)], "token");
    expect(again.ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 2, ReadCapacityUnits: 2 }]);
    expect(await get("once")).toEqual(account("once", 1));
    await expect(transact([add("once", 2)], "token")).rejects.toMatchObject({
      name: "IdempotentParameterMismatchException",
    });
    await cloud.clock.advance("11 minutes");
    await transact([add("once", 1)], "token");
    expect(await get("once")).toEqual(account("once", 2));
  });
});

describe("TransactGetItems", () => {
  test("answers stand in the order of the questions", async () => {
    await put("one", 1);
    const { Responses, ConsumedCapacity } = await client.send(
      new TransactGetItemsCommand({
        TransactItems: [
          { Get: { TableName, Key: key("none") } },
          { Get: { TableName, Key: key("one"), ProjectionExpression: "amount" } },
        ],
        ReturnConsumedCapacity: "TOTAL",
      }),
    );
    expect(Responses).toEqual([{}, { Item: { amount: { N: "1" } } }]);
    expect(ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 4, ReadCapacityUnits: 4 }]);
  });
});

describe("BatchWriteItem and BatchGetItem", () => {
  test("puts and deletes are done, and read back from several tables", async () => {
    await put("gone", 1);
    const written = await client.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [TableName]: [{ PutRequest: { Item: account("b1", 1) } }, { DeleteRequest: { Key: key("gone") } }],
          Other: [{ PutRequest: { Item: key("b2") } }],
        },
      }),
    );
    expect(written.UnprocessedItems).toEqual({});
    const read = await client.send(
      new BatchGetItemCommand({
        RequestItems: { [TableName]: { Keys: [key("b1"), key("gone")] }, Other: { Keys: [key("b2")] } },
      }),
    );
    expect({ Responses: read.Responses, UnprocessedKeys: read.UnprocessedKeys }).toEqual({
      Responses: { [TableName]: [account("b1", 1)], Other: [key("b2")] },
      UnprocessedKeys: {},
    });
  });

  test("an answer holds at most 16 MB: the other keys come back unprocessed", async () => {
    const keys = Array.from({ length: 50 }, (_, index) => key(`large${index}`));
    for (const each of keys)
      await client.send(
        new PutItemCommand({ TableName: "Other", Item: { ...each, body: { S: "x".repeat(400_000) } } }),
      );
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { Other: { Keys: keys } } }),
    );
    expect(Responses?.["Other"]).toHaveLength(41);
    expect(UnprocessedKeys?.["Other"]?.Keys).toHaveLength(9);
  });

  test("it says so when a key comes twice, a batch is too large, or the table is not there", async () => {
    const twice = new BatchWriteItemCommand({
      RequestItems: { [TableName]: [{ PutRequest: { Item: key("x") } }, { DeleteRequest: { Key: key("x") } }] },
    });
    await expect(client.send(twice)).rejects.toMatchObject({
      name: "ValidationException",
      message: "Provided list of item keys contains duplicates",
    });
    const many = Array.from({ length: 20 }, (_, index) => ({ DeleteRequest: { Key: key(`${index}`) } }));
    await expect(
      client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: many, Other: many } })),
    ).rejects.toMatchObject({ message: "Too many items requested for the BatchWriteItem call" });
    await expect(
      client.send(new BatchWriteItemCommand({ RequestItems: { Nothing: [{ PutRequest: { Item: key("x") } }] } })),
    ).rejects.toMatchObject({ name: "ResourceNotFoundException", message: "Requested resource not found" });
    await expect(
      client.send(
        new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: { pk: { N: "5" } } } }] } }),
      ),
    ).rejects.toMatchObject({ message: "The provided key element does not match the schema" });
  });
});
