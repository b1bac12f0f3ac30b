// Tables for the tests of PartiQL, and short ways to send statements.

import {
  BatchExecuteStatementCommand,
  CreateTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  ExecuteTransactionCommand,
  GetItemCommand,
  PutItemCommand,
  type AttributeValue,
  type ExecuteStatementCommandInput,
} from "@aws-sdk/client-dynamodb";
import { startCloud } from "../../../../index.ts";

export type Attributes = Record<string, AttributeValue>;
type More = Partial<ExecuteStatementCommandInput>;

const keySchema = (hash: string, range?: string) => [
  { AttributeName: hash, KeyType: "HASH" as const },
  ...(range === undefined ? [] : [{ AttributeName: range, KeyType: "RANGE" as const }]),
];
const include = { ProjectionType: "INCLUDE" as const, NonKeyAttributes: ["projattr"] };

/** Partition and sort key (pk, sk) and indexes of every projection. */
const EDGE = {
  TableName: "Edge",
  BillingMode: "PAY_PER_REQUEST" as const,
  AttributeDefinitions: ["pk", "sk", "gsiPk", "gsiPk2", "lsiSk"].map((AttributeName) => ({
    AttributeName,
    AttributeType: "S" as const,
  })),
  KeySchema: keySchema("pk", "sk"),
  GlobalSecondaryIndexes: [
    { IndexName: "gsi-all", KeySchema: keySchema("gsiPk"), Projection: { ProjectionType: "ALL" as const } },
    { IndexName: "gsi-keys", KeySchema: keySchema("gsiPk2"), Projection: { ProjectionType: "KEYS_ONLY" as const } },
    { IndexName: "gsi-inc", KeySchema: keySchema("gsiPk2"), Projection: include },
  ],
  LocalSecondaryIndexes: [
    { IndexName: "lsi-all", KeySchema: keySchema("pk", "lsiSk"), Projection: { ProjectionType: "ALL" as const } },
    {
      IndexName: "lsi-keys",
      KeySchema: keySchema("pk", "lsiSk"),
      Projection: { ProjectionType: "KEYS_ONLY" as const },
    },
    { IndexName: "lsi-inc", KeySchema: keySchema("pk", "lsiSk"), Projection: include },
  ],
};
/** A partition key alone. */
const SINGLE = {
  TableName: "Single",
  BillingMode: "PAY_PER_REQUEST" as const,
  AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" as const }],
  KeySchema: keySchema("pk"),
};

export async function partiqlCloud(seed: string) {
  const cloud = await startCloud({ listen: false, seed });
  const client = new DynamoDBClient(cloud.clientConfig());
  await client.send(new CreateTableCommand(EDGE));
  await client.send(new CreateTableCommand(SINGLE));
  const send = (Statement: string, Parameters?: AttributeValue[], more: More = {}) =>
    client.send(new ExecuteStatementCommand({ Statement, Parameters, ...more }));
  return {
    cloud,
    client,
    send,
    put: (Item: Attributes, TableName = "Edge") => client.send(new PutItemCommand({ TableName, Item })),
    get: async (pk: string, sk?: string) => {
      const Key = { pk: { S: pk }, ...(sk !== undefined && { sk: { S: sk } }) };
      const TableName = sk === undefined ? "Single" : "Edge";
      return (await client.send(new GetItemCommand({ TableName, Key }))).Item;
    },
    batch: (...statements: readonly (string | { Statement: string; Parameters?: AttributeValue[] })[]) =>
      client.send(
        new BatchExecuteStatementCommand({
          Statements: statements.map((each) => (typeof each === "string" ? { Statement: each } : each)),
        }),
      ),
    transact: (...statements: readonly string[]) =>
      client.send(
        new ExecuteTransactionCommand({ TransactStatements: statements.map((Statement) => ({ Statement })) }),
      ),
  };
}

/** What a statement is refused with. */
export async function refused(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
    return "accepted";
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}
