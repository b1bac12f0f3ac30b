// What suites of stream mappings share: one function that does what the items ask of it, tables, and what it was given.

import { CreateTableCommand, DynamoDBClient, PutItemCommand, type Tag } from "@aws-sdk/client-dynamodb";
import {
  CreateEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  type GetEventSourceMappingCommandOutput,
} from "@aws-sdk/client-lambda";
import { logOf, makeFunction, startLambdaCloud, type LambdaCloud } from "./engine/test-cloud.ts";

const HANDLER = `
const { setTimeout: wait } = require("node:timers/promises");
exports.handler = async ({ Records, ...rest }) => {
  const items = Records.map(({ dynamodb }) => ({ ...dynamodb.Keys, ...dynamodb.NewImage }));
  for (const { slow } of items) if (slow) await wait(Number(slow.N));
  const source = rest.eventSourceARN ?? Records[0].eventSourceARN;
  console.log("EVENT " + JSON.stringify({ source, ids: items.map(({ id, n }) => id.S + (n?.N ?? "")), rest }));
  if (items.some(({ fail }) => fail?.S === "throw")) throw new Error("no");
  const batchItemFailures = Records.filter((_, index) => items[index].fail?.S === "report").map(({ dynamodb }) => ({
    itemIdentifier: dynamodb.SequenceNumber,
  }));
  return { batchItemFailures, state: { count: (rest.state?.count ?? 0) + items.length } };
};`;

type Seen = { readonly source: string; readonly ids: string[]; readonly rest: Record<string, unknown> };

export type StreamSuite = LambdaCloud & {
  readonly dynamodb: DynamoDBClient;
  /** Its stream. */
  makeTable(name: string, tags?: Tag[]): Promise<string>;
  put(table: string, ids: readonly string[], more?: PutItemCommand["input"]["Item"]): Promise<void>;
  /** The mapping's id. */
  map(stream: string, more?: Partial<CreateEventSourceMappingCommandInput>): Promise<string>;
  mapping(id: string): Promise<GetEventSourceMappingCommandOutput>;
  /** What the function was given of a stream, call by call. */
  seen(stream: string): Promise<Seen[]>;
  batches(stream: string): Promise<string[][]>;
};

export async function startStreamSuite(seed: string): Promise<StreamSuite> {
  const at = await startLambdaCloud(seed);
  const dynamodb = new DynamoDBClient({ ...at.cloud.clientConfig(), maxAttempts: 1 });
  await makeFunction(at, "reader", { "index.js": HANDLER });
  const seen = async (stream: string): Promise<Seen[]> =>
    (await logOf(at, "reader"))
      .filter((line) => line.includes("EVENT "))
      .map((line) => JSON.parse(line.slice(line.indexOf("EVENT ") + 6)) as Seen)
      .filter(({ source }) => source === stream);
  return {
    ...at,
    dynamodb,
    seen,
    batches: async (stream) => (await seen(stream)).map(({ ids }) => ids),
    mapping: (UUID) => at.lambda.send(new GetEventSourceMappingCommand({ UUID })),
    async put(TableName, ids, more = {}) {
      for (const id of ids) await dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: id }, ...more } }));
    },
    async map(EventSourceArn, more = {}) {
      const starting = { EventSourceArn, StartingPosition: "TRIM_HORIZON" as const };
      const { UUID } = await at.lambda.send(
        new CreateEventSourceMappingCommand({ FunctionName: "reader", ...starting, ...more }),
      );
      return UUID ?? "";
    },
    async makeTable(TableName, Tags) {
      const { TableDescription } = await dynamodb.send(
        new CreateTableCommand({
          TableName,
          KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
          AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
          BillingMode: "PAY_PER_REQUEST",
          StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" },
          Tags,
        }),
      );
      return TableDescription?.LatestStreamArn ?? "";
    },
  };
}
