// What the suites of imports share: what is asked for, and what became of it.

import {
  DescribeImportCommand,
  type DynamoDBClient,
  ImportTableCommand,
  ScanCommand,
  type AttributeValue,
  type ImportTableCommandInput,
  type ImportTableDescription,
  type TableCreationParameters,
} from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { RunningCloud } from "../../index.ts";

export const Bucket = "table-imports";

export const upload = (s3: S3Client, Key: string, Body: string | Uint8Array) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body }));

export const parameters = (
  TableName: string,
  more: Partial<TableCreationParameters> = {},
): TableCreationParameters => ({
  TableName,
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [
    { AttributeName: "p", AttributeType: "S" },
    { AttributeName: "c", AttributeType: "N" },
  ],
  KeySchema: [
    { AttributeName: "p", KeyType: "HASH" },
    { AttributeName: "c", KeyType: "RANGE" },
  ],
  ...more,
});

export const input = (
  TableName: string,
  S3KeyPrefix: string,
  more: Partial<ImportTableCommandInput> = {},
): ImportTableCommandInput => ({
  S3BucketSource: { S3Bucket: Bucket, S3KeyPrefix },
  InputFormat: "DYNAMODB_JSON",
  TableCreationParameters: parameters(TableName),
  ...more,
});

export async function ask(client: DynamoDBClient, given: ImportTableCommandInput): Promise<ImportTableDescription> {
  return (await client.send(new ImportTableCommand(given))).ImportTableDescription ?? {};
}

export async function done(
  { cloud, client }: { readonly cloud: RunningCloud; readonly client: DynamoDBClient },
  given: ImportTableCommandInput,
): Promise<ImportTableDescription> {
  const { ImportArn } = await ask(client, given);
  await cloud.settle();
  return (await client.send(new DescribeImportCommand({ ImportArn }))).ImportTableDescription ?? {};
}

export const counts = ({
  ImportStatus,
  FailureCode,
  ImportedItemCount,
  ErrorCount,
  ProcessedItemCount,
}: ImportTableDescription) => [ImportStatus, FailureCode, ImportedItemCount, ErrorCount, ProcessedItemCount];

export async function all(client: DynamoDBClient, TableName: string): Promise<Record<string, AttributeValue>[]> {
  const items: Record<string, AttributeValue>[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey }));
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items;
}

export const line = (p: string, c: number, more = "") => `{"Item":{"p":{"S":"${p}"},"c":{"N":"${c}"}${more}}}`;
