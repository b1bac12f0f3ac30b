// Throttling as a world asks for it: by table, by index, call by call, on a held clock.

import {
  BatchExecuteStatementCommand,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  type CreateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;
let tables = 0;
let TableName = "";

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "throughput", dynamodb: { throughput: "enforced" } });
  cloud.clock.hold();
  client = new DynamoDBClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const units = (read: number, write = read) => ({ ReadCapacityUnits: read, WriteCapacityUnits: write });
const key = (id: string) => ({ id: { S: id } });
const TABLE =
  "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.";
const INDEXES =
  "The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. Consider increasing your provisioning level for the under-provisioned global secondary indexes with the UpdateTable API";

async function table(more: Partial<CreateTableCommandInput> = {}, from = client): Promise<void> {
  tables += 1;
  TableName = `T${tables}${"-".repeat(3)}`;
  await from.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      ProvisionedThroughput: units(5),
      ...more,
    }),
  );
}
const put = (id: string, more = {}) => client.send(new PutItemCommand({ TableName, Item: { ...key(id), ...more } }));
/** How many of a kind of call go through before one is throttled. */
async function through(call: () => Promise<unknown>, most = 5000): Promise<number> {
  for (let count = 0; count < most; count += 1) {
    try {
      await call();
    } catch (error) {
      expect((error as Error).message).toMatch(/throughput|OnDemandThroughput/);
      return count;
    }
  }
  return most;
}

describe("a table with 5 units a second", () => {
  beforeEach(() => table());

  test("throttles the sixth write of its first second, and says why", async () => {
    expect(await through(() => put("a"))).toBe(5);
    await expect(put("a")).rejects.toMatchObject({
      name: "ProvisionedThroughputExceededException",
      message: TABLE,
      ThrottlingReasons: [
        {
          reason: "TableWriteProvisionedThroughputExceeded",
          resource: `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`,
        },
      ],
    });
    await cloud.clock.advance("1 second");
    expect(await through(() => put("a"))).toBe(5);
  });

  test("keeps what was not used for five minutes", async () => {
    await cloud.clock.advance("10 minutes");
    expect(await through(() => put("a"))).toBe(1500);
  });

  test("reads by halves, and by what an item weighs", async () => {
    const read = (ConsistentRead: boolean) =>
      client.send(new GetItemCommand({ TableName, Key: key("a"), ConsistentRead }));
    expect(await through(() => read(false))).toBe(10);
    await cloud.clock.advance("1 second");
    expect(await through(() => read(true))).toBe(5);
    await cloud.clock.advance("20 seconds");
    await put("a", { text: { S: "x".repeat(4096) } });
    expect(await through(() => read(true))).toBe(50);
  });

  test("counts a write whose condition fails, and writes nothing that is throttled", async () => {
    await put("a");
    const fail = () =>
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: key("a"),
          UpdateExpression: "SET n = :n",
          ConditionExpression: "attribute_exists(nothing)",
          ExpressionAttributeValues: { ":n": { N: "1" } },
        }),
      );
    for (let count = 0; count < 4; count += 1)
      await expect(fail()).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
    await expect(fail()).rejects.toMatchObject({ name: "ProvisionedThroughputExceededException" });
    await expect(put("b")).rejects.toMatchObject({ name: "ProvisionedThroughputExceededException" });
    expect((await client.send(new GetItemCommand({ TableName, Key: key("b") }))).Item).toBeUndefined();
  });

  test("lets a larger write through and makes up for it", async () => {
    await put("a", { text: { S: "x".repeat(20_000) } }).then(
      () => undefined,
      (error: Error) => expect(error).toBeUndefined(),
    );
    await cloud.clock.advance("3 seconds");
    await expect(put("b")).rejects.toMatchObject({ name: "ProvisionedThroughputExceededException" });
    await cloud.clock.advance(1200);
    await put("b");
  });

  test("answers what a batch does not get to, and fails only when that is all", async () => {
    const requests = Array.from({ length: 8 }, (_, n) => ({ PutRequest: { Item: key(String(n)) } }));
    const write = () => client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
    expect((await write()).UnprocessedItems).toEqual({ [TableName]: requests.slice(5) });
    await expect(write()).rejects.toMatchObject({ name: "ProvisionedThroughputExceededException", message: TABLE });
    const Keys = Array.from({ length: 8 }, (_, n) => key(String(n)));
    const read = () =>
      client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }));
    const got = await read();
    expect([got.Responses?.[TableName]?.length, got.UnprocessedKeys]).toEqual([
      5,
      { [TableName]: { Keys: Keys.slice(5), ConsistentRead: true } },
    ]);
    await expect(read()).rejects.toMatchObject({ name: "ProvisionedThroughputExceededException" });
  });

  test("cancels a transaction that takes more, whole", async () => {
    const write = (...ids: string[]) =>
      client.send(
        new TransactWriteItemsCommand({ TransactItems: ids.map((id) => ({ Put: { TableName, Item: key(id) } })) }),
      );
    await expect(write("a", "b", "c")).rejects.toMatchObject({
      name: "TransactionCanceledException",
      CancellationReasons: [
        { Code: "None" },
        { Code: "None" },
        { Code: "ProvisionedThroughputExceeded", Message: TABLE },
      ],
    });
    await write("a", "b");
    await put("c");
    const read = () =>
      client.send(
        new TransactGetItemsCommand({
          TransactItems: ["a", "b", "c"].map((id) => ({ Get: { TableName, Key: key(id) } })),
        }),
      );
    await expect(read()).rejects.toMatchObject({
      message: expect.stringContaining("[None, None, ProvisionedThroughputExceeded]"),
    });
  });

  test("throttles PartiQL alike", async () => {
    const Statement = `INSERT INTO "${TableName}" VALUE {'id': ?}`;
    let id = 0;
    const insert = () => ({ Statement, Parameters: [{ S: String((id += 1)) }] });
    expect(await through(() => client.send(new ExecuteStatementCommand(insert())))).toBe(5);
    const { Responses } = await client.send(new BatchExecuteStatementCommand({ Statements: [insert()] }));
    expect(Responses?.[0]?.Error).toEqual({ Code: "ProvisionedThroughputExceeded", Message: TABLE });
  });

  test("earns at its new rate from the change on", async () => {
    expect(await through(() => put("a"))).toBe(5);
    await cloud.clock.advance("2 seconds");
    await client.send(new UpdateTableCommand({ TableName, ProvisionedThroughput: units(5, 50) }));
    expect(await through(() => put("a"))).toBe(10);
    await cloud.clock.advance("1 second");
    expect(await through(() => put("a"))).toBe(50);
  });
});

const byCity = (more = {}): Partial<CreateTableCommandInput> => ({
  AttributeDefinitions: [
    { AttributeName: "id", AttributeType: "S" },
    { AttributeName: "city", AttributeType: "S" },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: "byCity",
      KeySchema: [{ AttributeName: "city", KeyType: "HASH" }],
      Projection: { ProjectionType: "ALL" },
      ...more,
    },
  ],
});

describe("a global index", () => {
  const query = () =>
    client.send(
      new QueryCommand({
        TableName,
        IndexName: "byCity",
        KeyConditionExpression: "city = :c",
        ExpressionAttributeValues: { ":c": { S: "Bonn" } },
      }),
    );

  test("holds up its table's writes when it has too few units, and reads on its own", async () => {
    await table(byCity({ ProvisionedThroughput: units(1, 2) }));
    const write = () => put("a", { city: { S: "Bonn" }, n: { N: String((tables += 1)) } });
    expect(await through(write)).toBe(2);
    await expect(write()).rejects.toMatchObject({
      message: INDEXES,
      ThrottlingReasons: [
        { reason: "IndexWriteProvisionedThroughputExceeded", resource: expect.stringMatching(/\/index\/byCity$/) },
      ],
    });
    expect(await through(() => put("b"))).toBe(3);
    expect(await through(query)).toBe(2);
    await client.send(new GetItemCommand({ TableName, Key: key("a") }));
  });

  test("on demand has no bound but its own", async () => {
    await table({
      ...byCity({ OnDemandThroughput: { MaxReadRequestUnits: 1 } }),
      ProvisionedThroughput: undefined,
      BillingMode: "PAY_PER_REQUEST",
      OnDemandThroughput: { MaxWriteRequestUnits: 3 },
    });
    expect(await through(() => put("a"))).toBe(3);
    await expect(put("a")).rejects.toMatchObject({
      name: "ThrottlingException",
      message: "Throughput exceeds the maximum OnDemandThroughput configured on table or index",
      throttlingReasons: [{ reason: "TableWriteMaxOnDemandThroughputExceeded", resource: expect.any(String) }],
    });
    expect(await through(query)).toBe(2);
    expect(await through(() => client.send(new GetItemCommand({ TableName, Key: key("a") })), 50)).toBe(50);
    const cancelled = client.send(
      new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: key("a") } }] }),
    );
    await expect(cancelled).rejects.toMatchObject({ CancellationReasons: [{ Code: "ThrottlingError" }] });
  });
});

test("forks go their own way, and a world that does not ask is never throttled", async () => {
  await table();
  const fork = cloud.fork();
  const there = new DynamoDBClient({ ...fork.clientConfig(), maxAttempts: 1 });
  expect(await through(() => put("a"))).toBe(5);
  const write = () => there.send(new PutItemCommand({ TableName, Item: key("a") }));
  expect(await through(write)).toBe(5);
  fork.dynamodb({ throughput: "unlimited" });
  expect(await through(write, 20)).toBe(20);
  fork.dispose();
});
