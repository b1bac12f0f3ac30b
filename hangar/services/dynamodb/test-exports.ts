// What the suites of exports share: tables that keep their history, exports of them, and what lies in the bucket.

import {
  CreateTableCommand,
  DescribeExportCommand,
  type DynamoDBClient,
  ExportTableToPointInTimeCommand,
  UpdateContinuousBackupsCommand,
  type ExportDescription,
  type ExportTableToPointInTimeCommandInput,
} from "@aws-sdk/client-dynamodb";
import type { RunningCloud } from "../../index.ts";

export const Bucket = "table-exports";

export async function make(client: DynamoDBClient, TableName: string, recovery = true): Promise<string> {
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    }),
  );
  if (recovery)
    await client.send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
  return TableDescription?.TableArn ?? "";
}

export async function ask(
  client: DynamoDBClient,
  input: ExportTableToPointInTimeCommandInput,
): Promise<ExportDescription> {
  return (await client.send(new ExportTableToPointInTimeCommand(input))).ExportDescription ?? {};
}

export async function done(
  { cloud, client }: { readonly cloud: RunningCloud; readonly client: DynamoDBClient },
  input: ExportTableToPointInTimeCommandInput,
): Promise<ExportDescription> {
  const { ExportArn } = await ask(client, input);
  await cloud.settle();
  return (await client.send(new DescribeExportCommand({ ExportArn }))).ExportDescription ?? {};
}
