// What the suites of restores share: tables that keep their history, and what they held.

import {
  CreateTableCommand,
  type DynamoDBClient,
  PutItemCommand,
  RestoreTableToPointInTimeCommand,
  ScanCommand,
  UpdateContinuousBackupsCommand,
  type RestoreTableToPointInTimeCommandInput,
} from "@aws-sdk/client-dynamodb";

export async function make(client: DynamoDBClient, TableName: string, days?: number): Promise<string> {
  const { TableDescription } = await client.send(
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
    }),
  );
  if (days !== undefined) await recover(client, TableName, true, days);
  return TableDescription?.TableArn ?? "";
}

export const recover = (client: DynamoDBClient, TableName: string, enabled: boolean, days?: number) =>
  client.send(
    new UpdateContinuousBackupsCommand({
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: enabled, RecoveryPeriodInDays: days },
    }),
  );

export const put = (client: DynamoDBClient, TableName: string, id: string, v: string) =>
  client.send(new PutItemCommand({ TableName, Item: { id: { S: id }, g: { S: "all" }, v: { S: v } } }));

export const restore = (client: DynamoDBClient, input: RestoreTableToPointInTimeCommandInput) =>
  client.send(new RestoreTableToPointInTimeCommand(input));

export const wholeSecond = (time: number) => new Date(Math.floor(time / 1000) * 1000);

export const contents = async (client: DynamoDBClient, TableName: string) =>
  Object.fromEntries(
    ((await client.send(new ScanCommand({ TableName }))).Items ?? []).map((item) => [item["id"]?.S, item["v"]?.S]),
  );
