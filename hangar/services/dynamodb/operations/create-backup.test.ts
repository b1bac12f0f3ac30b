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
  UpdateContinuousBackupsCommand,
  type ListBackupsCommandInput,
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

test("backups are listed by type and time: the lower bound is included, the upper is not", async () => {
  const TableName = "Timed";
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      OnDemandThroughput: { MaxReadRequestUnits: 10, MaxWriteRequestUnits: 20 },
      SSESpecification: { Enabled: true },
    }),
  );
  const { BackupDetails } = await client.send(new CreateBackupCommand({ TableName, BackupName: "timed" }));
  const at = BackupDetails?.BackupCreationDateTime ?? new Date(0);
  const listed = async (input: Omit<ListBackupsCommandInput, "TableName">) =>
    (await client.send(new ListBackupsCommand({ TableName, ...input }))).BackupSummaries?.length;
  expect(await listed({ TimeRangeLowerBound: at })).toBe(1);
  expect(await listed({ TimeRangeUpperBound: at })).toBe(0);
  expect(await listed({ TimeRangeUpperBound: new Date(at.getTime() + 1) })).toBe(1);
  expect(await listed({ BackupType: "ALL" })).toBe(1);
  expect(await listed({ BackupType: "AWS_BACKUP" })).toBe(0);
  await expect(listed({ TimeRangeLowerBound: at, TimeRangeUpperBound: new Date(0) })).rejects.toMatchObject({
    message: "Time range lower bound must be less than or equal to upper bound",
  });
  const { BackupDescription } = await client.send(new DescribeBackupCommand({ BackupArn: BackupDetails?.BackupArn }));
  expect(BackupDescription?.SourceTableDetails?.OnDemandThroughput).toEqual({
    MaxReadRequestUnits: 10,
    MaxWriteRequestUnits: 20,
  });
  expect(BackupDescription?.SourceTableFeatureDetails).toEqual({
    SSEDescription: { Status: "ENABLED", SSEType: "KMS", KMSMasterKeyArn: expect.stringContaining(":key/") },
  });
  await expect(
    client.send(new DescribeBackupCommand({ BackupArn: `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}` })),
  ).rejects.toMatchObject({ name: "ValidationException", message: "Invalid Backup ARN" });
});

test("a backup of the system's cannot be deleted", async () => {
  const TableName = "Timed";
  await client.send(
    new UpdateContinuousBackupsCommand({
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  );
  await client.send(new DeleteTableCommand({ TableName }));
  const { BackupSummaries } = await client.send(new ListBackupsCommand({ TableName, BackupType: "SYSTEM" }));
  const BackupArn = BackupSummaries?.[0]?.BackupArn ?? "";
  await expect(client.send(new DeleteBackupCommand({ BackupArn }))).rejects.toMatchObject({
    name: "ValidationException",
    message: expect.stringMatching(
      /^Invalid Request: User is not allowed to delete the system backup with arn .*-00000000\. It will automatically expire on [-\d]+T[:\d]+Z$/,
    ),
  });
});
