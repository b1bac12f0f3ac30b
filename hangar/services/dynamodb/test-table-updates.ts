// What the suites of UpdateTable share: a table, its throughput, and refusals.

import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  UpdateTableCommand,
  type CreateTableCommandInput,
  type UpdateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import { expect } from "vitest";

const TableName = "things";

export const bad = "One or more parameter values were invalid: ";

export const units = (read: number, write = read) => ({ ReadCapacityUnits: read, WriteCapacityUnits: write });

export const provisioned = (read: number, write = read) => ({ ProvisionedThroughput: units(read, write) });

export const onDemand = { BillingMode: "PAY_PER_REQUEST" as const, ProvisionedThroughput: undefined };

export const gsi = (IndexName: string, more = {}) => ({
  IndexName,
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" as const }],
  Projection: { ProjectionType: "ALL" as const },
  ...more,
});

export const create = (client: DynamoDBClient, more: Partial<CreateTableCommandInput> = {}) =>
  client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      ...provisioned(10),
      ...more,
    }),
  );

export const update = (client: DynamoDBClient, more: Partial<UpdateTableCommandInput>) =>
  client.send(new UpdateTableCommand({ TableName, ...more })).then(({ TableDescription }) => TableDescription);

export const described = (client: DynamoDBClient) =>
  client.send(new DescribeTableCommand({ TableName })).then(({ Table }) => Table);

export const refused = (call: Promise<unknown>, name: string, message: string) =>
  expect(call).rejects.toMatchObject({ name, message });
