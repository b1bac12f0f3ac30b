// What outlived its retention leaves the tables: memory is given back.

import {
  CreateStreamCommand,
  DeleteStreamCommand,
  KinesisClient,
  PutRecordCommand,
  SplitShardCommand,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { handlerOf } from "../../../gateway/handle.ts";
import { inProcessHandler } from "../../../gateway/in-process.ts";
import { openCloud } from "../../../index.ts";

type Opened = Awaited<ReturnType<typeof openCloud>>;

let opened: Opened;
let kinesis: KinesisClient;
const StreamName = "trimmed";

beforeAll(async () => {
  opened = await openCloud({ listen: false, seed: "trim" });
  const { world } = opened.cloud;
  world.clock.hold();
  kinesis = new KinesisClient({
    endpoint: opened.cloud.origin,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    requestHandler: inProcessHandler(handlerOf(opened.cloud, world)),
  });
});

afterAll(() => opened.close());

function rows(table: string): number {
  return opened.cloud.world.table(`kinesis/000000000000/us-east-1/${table}`).size;
}

async function put(data: string): Promise<void> {
  await kinesis.send(new PutRecordCommand({ StreamName, Data: Buffer.from(data), PartitionKey: "p" }));
}

test("records go within an hour of their end without being asked for, closed shards with them", async () => {
  const { world } = opened.cloud;
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  await put("a");
  await world.advance("3 hours");
  await put("b");
  const half = String(1n << 127n);
  await kinesis.send(new SplitShardCommand({ StreamName, ShardToSplit: "0", NewStartingHashKey: half }));
  expect([rows("records"), rows("shards")]).toEqual([2, 3]);
  await world.advance("22 hours");
  expect(rows("records")).toBe(1);
  await world.advance("4 hours");
  expect([rows("records"), rows("shards"), rows("timers")]).toEqual([0, 2, 0]);
});

test("a stream that is deleted leaves nothing", async () => {
  await put("c");
  await kinesis.send(new DeleteStreamCommand({ StreamName }));
  const tables = ["streams", "shards", "open", "next", "records", "timers"];
  expect(tables.map(rows)).toEqual([0, 0, 0, 0, 0, 0]);
});
