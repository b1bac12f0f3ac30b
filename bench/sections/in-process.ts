// SDK calls without sockets, and the memory of an idle cloud.

import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { startCloud, type RunningCloud } from "../../hangar/index.ts";
import { prepareTable } from "../prepare-table.ts";
import { atMost, median, ms, timed, type Row } from "../table.ts";

const CALLS = 3000;

export async function run(): Promise<readonly Row[]> {
  const cloud = await startCloud();
  try {
    return await measure(cloud);
  } finally {
    await cloud.close();
  }
}

async function measure(cloud: RunningCloud): Promise<readonly Row[]> {
  const config = cloud.clientConfig();
  const client = new DynamoDBClient(config);
  await prepareTable(client);
  const put = await p50(() =>
    client.send(
      new PutItemCommand({ TableName: "bench", Item: { pk: { S: "a" }, sk: { S: "b" }, value: { N: "1" } } }),
    ),
  );
  const get = await p50(() =>
    client.send(new GetItemCommand({ TableName: "bench", Key: { pk: { S: "a" }, sk: { S: "b" } } })),
  );
  return [
    { what: "PutItem in process, SDK, p50", measured: ms(put), ...atMost(0.45, put, "ms") },
    { what: "GetItem in process, SDK, p50", measured: ms(get) },
  ];
}

async function p50(call: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < CALLS; index += 1) times.push(await timed(call));
  return median(times.slice(CALLS / 3));
}
