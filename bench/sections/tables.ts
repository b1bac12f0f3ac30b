// Tables of a thousand to a million items of 1 KB: latency, memory, and what a kept table's next start costs.

import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer, type Server } from "../child.ts";
import { clientOf } from "../dynamodb-calls.ts";
import { prepareTable } from "../prepare-table.ts";
import { atMost, median, ms, timed, type Row } from "../table.ts";

const SIZES = [1_000, 100_000, 1_000_000];
const IN_PARTITION = 10;
const DATA = "x".repeat(960);
const CALLS = 2000;
const WRITERS = 8;
const agent = new Agent({ keepAlive: true, maxSockets: WRITERS });

export async function run(): Promise<readonly Row[]> {
  const directory = await mkdtemp(join(tmpdir(), "hangar-bench-"));
  const server = await startServer("./million-server.js", [directory]);
  try {
    return await measure(server, directory);
  } finally {
    await server.stop();
    agent.destroy();
    await rm(directory, { recursive: true, force: true });
  }
}

async function measure(server: Server, directory: string): Promise<readonly Row[]> {
  const client = clientOf(server.port);
  await prepareTable(client);
  client.destroy();
  await get(server.port, 0);
  const before = await residentAfterCollection(server);
  const latencies: { readonly get: number; readonly query: number }[] = [];
  let loading = 0;
  let filled = 0;
  for (const size of SIZES) {
    loading += await timed(() => fill(server.port, filled, size));
    filled = size;
    latencies.push({ get: await p50(server.port, size, get), query: await p50(server.port, size, query) });
  }
  const bytes = (await residentAfterCollection(server)) - before;
  const [small, , large] = latencies;
  const [first = 0, last = 0] = SIZES.toSpliced(1, 1);
  const rows: Row[] = latencies.map(({ get, query }, at) => ({
    what: `GetItem and Query of ${IN_PARTITION}, table of ${SIZES[at]?.toLocaleString("en")}, one caller, p50`,
    measured: `${ms(get)}, ${ms(query)}`,
  }));
  if (small !== undefined && large !== undefined)
    for (const name of ["get", "query"] as const) {
      const ratio = large[name] / small[name];
      const what = `the same ${name === "get" ? "GetItem" : "Query"}: ${last.toLocaleString("en")} items`;
      const against = `${first.toLocaleString("en")} items: ${ms(small[name])}`;
      rows.push({ what, measured: ms(large[name]), against, ratio, ...atMost(1.5, ratio) });
    }
  const perItem = bytes / filled / 1024;
  return [
    ...rows,
    { what: "memory of an item of 1 KB", measured: `${perItem.toFixed(2)} KB`, ...atMost(2, perItem, "KB") },
    {
      what: `load of ${filled.toLocaleString("en")} items by BatchWriteItem over HTTP, kept on disk`,
      measured: ms(loading),
      against: `${Math.round(filled / (loading / 1000))} items/s`,
    },
    await replayed(server, directory, filled),
  ];
}

async function replayed(server: Server, directory: string, size: number): Promise<Row> {
  await server.stop();
  let again: Server | undefined;
  const time = await timed(async () => {
    again = await startServer("./million-server.js", [directory]);
    await get(again.port, size - 1);
  });
  await again?.stop();
  return { what: `start with that table, to the first item read`, measured: ms(time) };
}

async function residentAfterCollection(server: Server): Promise<number> {
  const said = once(server.child.stdout ?? process.stdin, "data") as Promise<[Buffer]>;
  server.child.kill("SIGUSR2");
  return Number(/collected (\d+)/.exec(String((await said)[0]))?.[1]);
}

async function p50(port: number, size: number, call: (port: number, index: number) => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < CALLS; index += 1) times.push(await timed(() => call(port, (index * 7919) % size)));
  return median(times.slice(CALLS / 4));
}

function keyOf(index: number): { pk: { S: string }; sk: { S: string } } {
  return { pk: { S: `user#${Math.floor(index / IN_PARTITION)}` }, sk: { S: `item#${index % IN_PARTITION}` } };
}

async function fill(port: number, from: number, to: number): Promise<void> {
  let next = from;
  const writer = async (): Promise<void> => {
    while (next < to) {
      const start = next;
      next = Math.min(to, start + 25);
      const items = Array.from({ length: next - start }, (_, at) => ({
        PutRequest: { Item: { ...keyOf(start + at), data: { S: DATA } } },
      }));
      await post(port, "BatchWriteItem", { RequestItems: { bench: items } });
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
}

const get = (port: number, index: number): Promise<void> =>
  post(port, "GetItem", { TableName: "bench", Key: keyOf(index) });

const query = (port: number, index: number): Promise<void> =>
  post(port, "Query", {
    TableName: "bench",
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": keyOf(index).pk },
  });

/** A key that nobody issued is its account's root user, whose signature nobody can check: each body can be another. */
const AUTHORIZATION =
  "AWS4-HMAC-SHA256 Credential=AKIABENCH/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0";

function post(port: number, operation: string, input: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      "x-amz-target": `DynamoDB_20120810.${operation}`,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-date": "20260101T000000Z",
      authorization: AUTHORIZATION,
    };
    const sent = request({ port, host: "127.0.0.1", method: "POST", path: "/", headers, agent }, (response) => {
      response.resume();
      response.once("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${operation}: ${response.statusCode}`));
      });
    });
    sent.once("error", reject);
    sent.end(JSON.stringify(input));
  });
}
