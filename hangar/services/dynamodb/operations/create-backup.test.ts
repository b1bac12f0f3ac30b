// On-demand backups and what is restored of them, through the real client.

import {
  CreateBackupCommand,
  CreateTableCommand,
  DeleteBackupCommand,
  DeleteTableCommand,
  DescribeBackupCommand,
  DynamoDBClient,
  ListBackupsCommand,
  PutItemCommand,
  QueryCommand,
  RestoreTableFromBackupCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "backups" });
  client = new DynamoDBClient(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

test("a backup outlives its table, and brings items and indexes back", async () => {
  const TableName = "Kept";
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "id", AttributeType: "S" },
        { AttributeName: "g", AttributeType: "S" },
      ],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      GlobalSecondaryIndexes: [
        {
          IndexName: "byG",
          KeySchema: [{ AttributeName: "g", KeyType: "HASH" }],
          Projection: { ProjectionType: "ALL" },
        },
      ],
      Tags: [{ Key: "t", Value: "not restored" }],
    }),
  );
  const item = { id: { S: "1" }, g: { S: "x" } };
  await client.send(new PutItemCommand({ TableName, Item: item }));
  const { BackupDetails } = await client.send(new CreateBackupCommand({ TableName, BackupName: "nightly" }));
  const BackupArn = BackupDetails?.BackupArn ?? "";
  await client.send(new PutItemCommand({ TableName, Item: { id: { S: "2" } } }));
  await client.send(new DeleteTableCommand({ TableName }));
  expect((await client.send(new ListBackupsCommand({ TableName }))).BackupSummaries).toMatchObject([
    { TableName, BackupArn, BackupName: "nightly", BackupStatus: "AVAILABLE", BackupType: "USER", BackupSizeBytes: 5 },
  ]);
  expect(
    (await client.send(new DescribeBackupCommand({ BackupArn }))).BackupDescription?.SourceTableDetails,
  ).toMatchObject({ TableName, ItemCount: 1, BillingMode: "PAY_PER_REQUEST" });
  await client.send(new RestoreTableFromBackupCommand({ BackupArn, TargetTableName: "Back" }));
  expect((await client.send(new ScanCommand({ TableName: "Back" }))).Items).toEqual([item]);
  const found = await client.send(
    new QueryCommand({
      TableName: "Back",
      IndexName: "byG",
      KeyConditionExpression: "g = :g",
      ExpressionAttributeValues: { ":g": { S: "x" } },
    }),
  );
  expect(found.Items).toEqual([item]);
  await expect(
    client.send(new RestoreTableFromBackupCommand({ BackupArn, TargetTableName: "Back" })),
  ).rejects.toMatchObject({ name: "TableAlreadyExistsException" });
  await client.send(new DeleteBackupCommand({ BackupArn }));
  await expect(client.send(new DescribeBackupCommand({ BackupArn }))).rejects.toMatchObject({
    name: "BackupNotFoundException",
  });
});
