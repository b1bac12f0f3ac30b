// DynamoDB's calls as the SDK sends them, for whichever server is asked.

import {
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { capture, type Captured } from "./load.ts";
import { prepareTable } from "./prepare-table.ts";

const TableName = "bench";
const KEY = { pk: { S: "user#1" }, sk: { S: "profile" } };
const ITEM = { ...KEY, name: { S: "Ada Lovelace" }, age: { N: "36" }, tags: { SS: ["a", "b"] } };
const QUERIED = 100;

const put = (pk: string, sk: string): object => ({
  PutRequest: { Item: { ...ITEM, pk: { S: pk }, sk: { S: sk } } },
});
const batch = (pk: string, from: number): BatchWriteItemCommand =>
  new BatchWriteItemCommand({
    RequestItems: { [TableName]: Array.from({ length: 25 }, (_, at) => put(pk, `item#${from + at}`)) as never },
  });

export const CALLS: Readonly<Record<string, object>> = {
  PutItem: new PutItemCommand({ TableName, Item: ITEM }),
  GetItem: new GetItemCommand({ TableName, Key: KEY }),
  UpdateItem: new UpdateItemCommand({
    TableName,
    Key: { pk: { S: "user#2" }, sk: { S: "profile" } },
    UpdateExpression: "SET #name = :name, age = :age",
    ExpressionAttributeNames: { "#name": "name" },
    ExpressionAttributeValues: { ":name": { S: "Grace Hopper" }, ":age": { N: "37" } },
  }),
  [`Query of ${QUERIED} items`]: new QueryCommand({
    TableName,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": { S: "queried" } },
  }),
  "BatchWriteItem of 25": batch("batched", 0),
  "TransactWriteItems of 2": new TransactWriteItemsCommand({
    TransactItems: ["a", "b"].map((sk) => ({ Put: { TableName, Item: { ...ITEM, sk: { S: sk } } } })),
  }),
};

export function clientOf(port: number, more: object = {}): DynamoDBClient {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    credentials,
    ...more,
  });
  // Sent again with the same token a transaction would be answered without being run.
  client.middlewareStack.addRelativeTo(
    ((next: (given: { request: unknown }) => unknown) => (args: { request: unknown }) => {
      const request = args.request as { body?: unknown };
      const text = String(request.body);
      if (text.includes("ClientRequestToken")) {
        const { ClientRequestToken: _token, ...rest } = JSON.parse(text) as Record<string, unknown>;
        request.body = JSON.stringify(rest);
      }
      return next(args);
    }) as never,
    { relation: "after", toMiddleware: "serializerMiddleware", name: "withoutToken" },
  );
  return client;
}

/** The table, with what is read. */
export async function fill(port: number): Promise<void> {
  const client = clientOf(port);
  await prepareTable(client);
  await client.send(CALLS["PutItem"] as PutItemCommand);
  for (let from = 0; from < QUERIED; from += 25) await client.send(batch("queried", from));
  client.destroy();
}

export function captured(port: number, command: object): Promise<Captured> {
  return capture((requestHandler) => clientOf(port, { requestHandler }), command);
}
