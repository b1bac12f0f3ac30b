// What the suites of global tables share: clients in three regions, tables with replicas, and what a table holds.

import {
  CreateTableCommand,
  DynamoDBClient,
  ScanCommand,
  UpdateTableCommand,
  type AttributeValue,
  type CreateTableCommandInput,
  type UpdateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import type { RunningCloud } from "../../../index.ts";

export const REGIONS = ["us-east-1", "eu-west-1", "ap-northeast-1"] as const;
export type Region = (typeof REGIONS)[number];
export type Clients = Readonly<Record<Region, DynamoDBClient>>;

export function clientsOf(cloud: Pick<RunningCloud, "clientConfig">): Clients {
  const client = (region: Region) => new DynamoDBClient({ ...cloud.clientConfig(), region, maxAttempts: 1 });
  return {
    "us-east-1": client("us-east-1"),
    "eu-west-1": client("eu-west-1"),
    "ap-northeast-1": client("ap-northeast-1"),
  };
}

export const plain = (TableName: string, more: Partial<CreateTableCommandInput> = {}): CreateTableCommandInput => ({
  TableName,
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  ...more,
});

/** A table of us-east-1 with replicas in the other regions. */
export async function globalTable(
  clients: Clients,
  name: string,
  { regions = REGIONS.slice(1), ...more }: Partial<CreateTableCommandInput> & { regions?: readonly Region[] } = {},
): Promise<void> {
  await clients["us-east-1"].send(new CreateTableCommand(plain(name, more)));
  for (const RegionName of regions) await change(clients["us-east-1"], name, { Create: { RegionName } });
}

export type ReplicaUpdate = NonNullable<UpdateTableCommandInput["ReplicaUpdates"]>[number];

export function change(client: DynamoDBClient, TableName: string, ...ReplicaUpdates: ReplicaUpdate[]) {
  return client.send(new UpdateTableCommand({ TableName, ReplicaUpdates }));
}

/** All items, by id. */
export async function itemsOf(client: DynamoDBClient, TableName: string, IndexName?: string) {
  const { Items = [] } = await client.send(new ScanCommand({ TableName, IndexName }));
  return Object.fromEntries(
    Items.map((item: Record<string, AttributeValue>) => [item["id"]?.S ?? "", item] as const).toSorted(
      ([one], [other]) => (one < other ? -1 : 1),
    ),
  );
}
