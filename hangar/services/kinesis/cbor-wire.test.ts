// Kinesis over CBOR 1.1, as the Java SDKs speak it: raw bytes in and out.

import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { decodeCbor, encodeCbor } from "../../protocols/cbor-data.ts";
import { sign } from "../../protocols/sigv4-sign.ts";

let cloud: RunningCloud;

beforeAll(async () => {
  cloud = await startCloud({ port: 0, seed: "kinesis.cbor" });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const TYPE = "application/x-amz-cbor-1.1";

async function send(operation: string, input: object): Promise<{ status: number; type: string | null; bytes: Buffer }> {
  const body = encodeCbor(input, "milliseconds");
  const unsigned = {
    "content-type": TYPE,
    "x-amz-target": `Kinesis_20131202.${operation}`,
    host: new URL(cloud.endpoint).host,
  };
  const headers = sign(
    { method: "POST", path: "/", query: "", headers: unsigned, body },
    { accessKeyId: "test", secretAccessKey: "test", region: "us-east-1", service: "kinesis", now: cloud.clock.now() },
  );
  const answer = await fetch(cloud.endpoint, { method: "POST", headers, body: Buffer.from(body) });
  return {
    status: answer.status,
    type: answer.headers.get("content-type"),
    bytes: Buffer.from(await answer.arrayBuffer()),
  };
}

async function call(operation: string, input: object): Promise<Record<string, unknown>> {
  const { status, type, bytes } = await send(operation, input);
  expect([status, type]).toEqual([200, TYPE]);
  return bytes.length === 0 ? {} : (decodeCbor(bytes, "milliseconds") as Record<string, unknown>);
}

test("bytes are bytes, and times are tagged milliseconds", async () => {
  const StreamName = "java";
  await call("CreateStream", { StreamName, ShardCount: 1 });
  const Data = new Uint8Array([0, 255, 1]);
  const put = await call("PutRecord", { StreamName, Data, PartitionKey: "p" });
  expect(put).toEqual({ ShardId: "shardId-000000000000", SequenceNumber: expect.stringMatching(/^\d{56}$/) });
  const Timestamp = new Date(cloud.clock.now() - 1000);
  const place = { StreamName, ShardId: "shardId-000000000000", ShardIteratorType: "AT_TIMESTAMP", Timestamp };
  const { ShardIterator } = await call("GetShardIterator", place);
  const { Records } = await call("GetRecords", { ShardIterator });
  const [record = {}] = Records as Record<string, unknown>[];
  expect(record).toMatchObject({ Data, PartitionKey: "p" });
  const arrived = (record["ApproximateArrivalTimestamp"] as Date).getTime();
  expect(Math.abs(arrived - cloud.clock.now())).toBeLessThan(60_000);
});

test("an error is CBOR too", async () => {
  const { status, type, bytes } = await send("DescribeStream", { StreamName: "wrong-stream-name" });
  expect([status, type, decodeCbor(bytes)]).toEqual([
    400,
    TYPE,
    {
      __type: "ResourceNotFoundException",
      message: "Stream wrong-stream-name under account 000000000000 not found.",
    },
  ]);
  const broken = await send("ListStreams", { Limit: 0 });
  expect(decodeCbor(broken.bytes)).toMatchObject({ __type: "ValidationException" });
});
