// Tables: made, described, and changed, through the real client.

import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateTableCommand,
  type CreateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "tables" });
  client = new DynamoDBClient(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const plain = (TableName: string, more: Partial<CreateTableCommandInput> = {}): CreateTableCommandInput => ({
  TableName,
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
  ...more,
});

describe("CreateTable", () => {
  // Recorded from AWS: TestDynamoDB::test_table_crud.
  test("a table is described as AWS does", async () => {
    const { TableDescription } = await client.send(new CreateTableCommand(plain("Plain")));
    const { Table } = await client.send(new DescribeTableCommand({ TableName: "Plain" }));
    const description = {
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      CreationDateTime: expect.any(Date),
      DeletionProtectionEnabled: false,
      ItemCount: 0,
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
      TableArn: "arn:aws:dynamodb:us-east-1:000000000000:table/Plain",
      TableId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      TableName: "Plain",
      TableSizeBytes: 0,
    };
    expect(TableDescription).toEqual({ ...description, TableStatus: "CREATING" });
    expect(Table).toEqual({
      ...description,
      TableStatus: "ACTIVE",
      WarmThroughput: { ReadUnitsPerSecond: 5, Status: "ACTIVE", WriteUnitsPerSecond: 5 },
    });
    await expect(client.send(new CreateTableCommand(plain("Plain")))).rejects.toMatchObject({
      name: "ResourceInUseException",
      message: "Table already exists: Plain",
    });
    const deleted = await client.send(new DeleteTableCommand({ TableName: "Plain" }));
    expect(deleted.TableDescription).toMatchObject({ TableName: "Plain", TableStatus: "DELETING" });
    await expect(client.send(new DescribeTableCommand({ TableName: "Plain" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Requested resource not found: Table: Plain not found",
    });
  });

  const keys = (...names: string[]) =>
    names.map((AttributeName, index) => ({
      AttributeName,
      KeyType: index === 0 ? ("HASH" as const) : ("RANGE" as const),
    }));
  const attributes = (...names: string[]) =>
    names.map((AttributeName) => ({ AttributeName, AttributeType: "S" as const }));
  const ProvisionedThroughput = { ReadCapacityUnits: 1, WriteCapacityUnits: 1 };
  const bad = "One or more parameter values were invalid: ";
  test.each<[string, Partial<CreateTableCommandInput>, string]>([
    [
      "no throughput",
      { ProvisionedThroughput: undefined },
      `${bad}ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED`,
    ],
    [
      "throughput on demand",
      { BillingMode: "PAY_PER_REQUEST" },
      `${bad}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
    ],
    [
      "a key without definition",
      { KeySchema: keys("other") },
      `${bad}Some index key attributes are not defined in AttributeDefinitions. Keys: [other], AttributeDefinitions: [id]`,
    ],
    [
      "an attribute too many",
      { AttributeDefinitions: attributes("id", "more") },
      `${bad}Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions`,
    ],
    [
      "one name for both keys",
      { AttributeDefinitions: attributes("id", "more"), KeySchema: keys("id", "id") },
      "Both the Hash Key and the Range Key element in the KeySchema have the same name",
    ],
    [
      "a sort key first",
      { KeySchema: [{ AttributeName: "id", KeyType: "RANGE" }] },
      "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
    ],
    [
      "a short name",
      { TableName: "ab" },
      "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3",
    ],
    [
      "a local index without a sort key in the table",
      {
        AttributeDefinitions: attributes("id", "s"),
        LocalSecondaryIndexes: [
          { IndexName: "lsi", KeySchema: keys("id", "s"), Projection: { ProjectionType: "ALL" } },
        ],
      },
      `${bad}Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex`,
    ],
    [
      "two indexes of one name",
      {
        AttributeDefinitions: attributes("id", "a", "b"),
        GlobalSecondaryIndexes: ["a", "b"].map((name) => ({
          IndexName: "same",
          KeySchema: keys(name),
          Projection: { ProjectionType: "ALL" as const },
          ProvisionedThroughput,
        })),
      },
      `${bad}Duplicate index name: same`,
    ],
    [
      "attributes with a projection of all",
      {
        AttributeDefinitions: attributes("id", "a"),
        GlobalSecondaryIndexes: [
          {
            IndexName: "gsi",
            KeySchema: keys("a"),
            Projection: { ProjectionType: "ALL", NonKeyAttributes: ["x"] },
            ProvisionedThroughput,
          },
        ],
      },
      `${bad}ProjectionType is ALL, but NonKeyAttributes is specified`,
    ],
  ])("it refuses %s", async (_name, more, message) => {
    await expect(client.send(new CreateTableCommand(plain("Refused", more)))).rejects.toMatchObject({
      name: "ValidationException",
      message,
    });
  });
});

describe("UpdateTable", () => {
  test("an index made later holds the items that were there, one at a time", async () => {
    const TableName = "Grown";
    await client.send(
      new CreateTableCommand(plain(TableName, { BillingMode: "PAY_PER_REQUEST", ProvisionedThroughput: undefined })),
    );
    await client.send(new PutItemCommand({ TableName, Item: { id: { S: "1" }, city: { S: "Bonn" } } }));
    await client.send(new PutItemCommand({ TableName, Item: { id: { S: "2" }, city: { N: "7" } } }));
    const create = (IndexName: string, name: string) => ({
      Create: {
        IndexName,
        KeySchema: [{ AttributeName: name, KeyType: "HASH" as const }],
        Projection: { ProjectionType: "ALL" as const },
      },
    });
    const AttributeDefinitions = [
      { AttributeName: "id", AttributeType: "S" as const },
      { AttributeName: "city", AttributeType: "S" as const },
    ];
    await expect(
      client.send(
        new UpdateTableCommand({
          TableName,
          AttributeDefinitions,
          GlobalSecondaryIndexUpdates: [create("one", "city"), create("two", "city")],
        }),
      ),
    ).rejects.toMatchObject({
      name: "LimitExceededException",
      message: "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
    });
    const { TableDescription } = await client.send(
      new UpdateTableCommand({
        TableName,
        AttributeDefinitions,
        GlobalSecondaryIndexUpdates: [create("byCity", "city")],
      }),
    );
    expect([TableDescription?.TableStatus, TableDescription?.GlobalSecondaryIndexes?.[0]?.IndexStatus]).toEqual([
      "UPDATING",
      "CREATING",
    ]);
    const found = await client.send(
      new QueryCommand({
        TableName,
        IndexName: "byCity",
        KeyConditionExpression: "city = :c",
        ExpressionAttributeValues: { ":c": { S: "Bonn" } },
      }),
    );
    expect(found.Items).toEqual([{ id: { S: "1" }, city: { S: "Bonn" } }]);
    await client.send(
      new UpdateTableCommand({ TableName, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "byCity" } }] }),
    );
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect([Table?.GlobalSecondaryIndexes, Table?.AttributeDefinitions]).toEqual([
      undefined,
      [{ AttributeName: "id", AttributeType: "S" }],
    ]);
  });

  test("billing, class and protection change in place", async () => {
    const TableName = "Changed";
    await client.send(new CreateTableCommand(plain(TableName)));
    await client.send(new UpdateTableCommand({ TableName, BillingMode: "PAY_PER_REQUEST" }));
    await client.send(new UpdateTableCommand({ TableName, TableClass: "STANDARD_INFREQUENT_ACCESS" }));
    await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
      TableClassSummary: { TableClass: "STANDARD_INFREQUENT_ACCESS" },
      ProvisionedThroughput: { ReadCapacityUnits: 0 },
    });
    await expect(client.send(new DeleteTableCommand({ TableName }))).rejects.toMatchObject({
      name: "ValidationException",
      message:
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
    });
    await expect(client.send(new UpdateTableCommand({ TableName }))).rejects.toMatchObject({
      message:
        "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required",
    });
  });
});
