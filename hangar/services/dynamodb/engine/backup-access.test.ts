// Who may back up, restore, export and import: by the ARNs of these, and by the bucket's own permissions.

import {
  CreateBackupCommand,
  CreateTableCommand,
  DeleteBackupCommand,
  DescribeExportCommand,
  DescribeImportCommand,
  DynamoDBClient,
  ExportTableToPointInTimeCommand,
  ImportTableCommand,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
  UpdateContinuousBackupsCommand,
} from "@aws-sdk/client-dynamodb";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let root: DynamoDBClient;

const TableName = "Guarded";
const Bucket = "guarded-tables";
const table = `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`;
const key = {
  AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" as const }],
  KeySchema: [{ AttributeName: "pk", KeyType: "HASH" as const }],
};

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "backup access" });
  root = new DynamoDBClient(cloud.clientConfig());
  await root.send(new CreateTableCommand({ TableName, BillingMode: "PAY_PER_REQUEST", ...key }));
  await root.send(
    new UpdateContinuousBackupsCommand({
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  );
  await new S3Client(cloud.clientConfig()).send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

let users = 0;
async function user(...statements: { Action: string | string[]; Resource: string | string[] }[]) {
  const iam = new IAMClient(cloud.clientConfig());
  users += 1;
  const UserName = `user-${users}`;
  await iam.send(new CreateUserCommand({ UserName }));
  const Statement = statements.map((statement) => ({ Effect: "Allow", ...statement }));
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return new DynamoDBClient({
    ...cloud.clientConfig(),
    credentials: { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" },
  });
}

const denied = { name: "AccessDeniedException" };
const exportInput = { TableArn: table, S3Bucket: Bucket };
const importInput = (name: string) => ({
  S3BucketSource: { S3Bucket: Bucket, S3KeyPrefix: "none" },
  InputFormat: "DYNAMODB_JSON" as const,
  TableCreationParameters: { TableName: name, BillingMode: "PAY_PER_REQUEST" as const, ...key },
});

test("an export wants leave on the table and, as the same user, on the bucket", async () => {
  const unable = await user({ Action: "dynamodb:ExportTableToPointInTime", Resource: `${table}/export/*` });
  await expect(unable.send(new ExportTableToPointInTimeCommand(exportInput))).rejects.toMatchObject(denied);
  const bucketless = await user(
    { Action: "dynamodb:ExportTableToPointInTime", Resource: table },
    { Action: "dynamodb:DescribeExport", Resource: `${table}/export/*` },
  );
  const { ExportDescription } = await bucketless.send(new ExportTableToPointInTimeCommand(exportInput));
  const ExportArn = ExportDescription?.ExportArn;
  await cloud.settle();
  const { ExportDescription: failed } = await bucketless.send(new DescribeExportCommand({ ExportArn }));
  expect(failed).toMatchObject({
    ExportStatus: "FAILED",
    FailureCode: "S3AccessDenied",
    FailureMessage: expect.stringContaining("is not authorized to perform: s3:PutObject"),
  });
  await expect(unable.send(new DescribeExportCommand({ ExportArn }))).rejects.toMatchObject(denied);
  const able = await user(
    { Action: "dynamodb:ExportTableToPointInTime", Resource: table },
    { Action: "s3:PutObject", Resource: `arn:aws:s3:::${Bucket}/*` },
  );
  const asked = await able.send(new ExportTableToPointInTimeCommand(exportInput));
  await cloud.settle();
  const { ExportDescription: written } = await root.send(
    new DescribeExportCommand({ ExportArn: asked.ExportDescription?.ExportArn }),
  );
  expect(written?.ExportStatus).toBe("COMPLETED");
});

test("an import wants leave on imports of its table, and to list and read the bucket", async () => {
  const unable = await user({ Action: "dynamodb:ImportTable", Resource: `${table}/import/*` });
  await expect(unable.send(new ImportTableCommand(importInput("Foreign")))).rejects.toMatchObject(denied);
  const imports = "arn:aws:dynamodb:us-east-1:000000000000:table/Taken/import/*";
  const importer = { Action: ["dynamodb:ImportTable", "dynamodb:DescribeImport"], Resource: imports };
  const bucketless = await user(importer);
  const able = await user(importer, { Action: "s3:ListBucket", Resource: `arn:aws:s3:::${Bucket}` });
  for (const [by, status] of [
    [bucketless, { ImportStatus: "FAILED", FailureCode: "S3AccessDenied" }],
    [able, { ImportStatus: "COMPLETED" }],
  ] as const) {
    const { ImportTableDescription } = await by.send(new ImportTableCommand(importInput("Taken")));
    await cloud.settle();
    const { ImportArn } = ImportTableDescription ?? {};
    const { ImportTableDescription: ended } = await by.send(new DescribeImportCommand({ ImportArn }));
    expect(ended).toMatchObject(status);
  }
});

test("a restore wants leave on what it restores, and to write the new table", async () => {
  const target = "arn:aws:dynamodb:us-east-1:000000000000:table/Restored";
  const { BackupDetails } = await root.send(new CreateBackupCommand({ TableName, BackupName: "one" }));
  const BackupArn = BackupDetails?.BackupArn;
  const restore = { BackupArn, TargetTableName: "Restored" };
  const writes = ["BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem"];
  const fill = { Action: writes.map((action) => `dynamodb:${action}`), Resource: target };
  const both = ["dynamodb:RestoreTableFromBackup", "dynamodb:RestoreTableToPointInTime"];
  const unable = await user({ Action: both, Resource: [`${table}/backup/*`, table, target] });
  await expect(unable.send(new RestoreTableFromBackupCommand(restore))).rejects.toMatchObject(denied);
  const able = await user({ Action: both, Resource: [`${table}/backup/*`, table, target] }, fill);
  await able.send(new RestoreTableFromBackupCommand(restore));
  const past = { SourceTableName: TableName, TargetTableName: "Restored", UseLatestRestorableTime: true };
  await expect(unable.send(new RestoreTableToPointInTimeCommand(past))).rejects.toMatchObject(denied);
  await expect(able.send(new RestoreTableToPointInTimeCommand(past))).rejects.toMatchObject({
    name: "TableAlreadyExistsException",
  });
  await expect(able.send(new DeleteBackupCommand({ BackupArn }))).rejects.toMatchObject(denied);
});
