// What the suites of states share: a table with an index, and its states.

import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  UpdateTableCommand,
  type CreateTableCommandInput,
  type UpdateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import { expect } from "vitest";
import type { RunningCloud } from "../../index.ts";

export const TableName = "things";

const STILL = "Attempt to change a resource which is still in use: ";

export const units = (read: number, write = read) => ({
  ProvisionedThroughput: { ReadCapacityUnits: read, WriteCapacityUnits: write },
});

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
      ...units(1),
      ...more,
    }),
  );

export const made = async (
  { cloud, client }: { readonly cloud: RunningCloud; readonly client: DynamoDBClient },
  more: Partial<CreateTableCommandInput> = {},
): Promise<void> => {
  await create(client, more);
  await cloud.clock.advance("16 seconds");
};

export const update = (client: DynamoDBClient, more: Partial<UpdateTableCommandInput>) =>
  client.send(new UpdateTableCommand({ TableName, ...more })).then(({ TableDescription }) => TableDescription);

export const described = (client: DynamoDBClient) =>
  client.send(new DescribeTableCommand({ TableName })).then(({ Table }) => Table);

export const index = (client: DynamoDBClient) =>
  described(client).then((table) => {
    const [first] = table?.GlobalSecondaryIndexes ?? [];
    return [table?.TableStatus, first?.IndexStatus, first?.Backfilling];
  });

export const remove = (client: DynamoDBClient) => client.send(new DeleteTableCommand({ TableName }));

export const inUse = (call: Promise<unknown>, message: string) =>
  expect(call).rejects.toMatchObject({ name: "ResourceInUseException", message: STILL + message });
