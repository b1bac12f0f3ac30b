// Event streams, as the real clients read them.
import { CloudWatchLogsClient, StartLiveTailCommand } from "@aws-sdk/client-cloudwatch-logs";
import { KinesisClient, SubscribeToShardCommand } from "@aws-sdk/client-kinesis";
import { InvokeWithResponseStreamCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client, SelectObjectContentCommand } from "@aws-sdk/client-s3";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { AwsError } from "../kernel/aws-error.ts";
import { loadModel } from "../models/load.ts";
import { protocolFor } from "./protocol-for.ts";
import type { WireRequest } from "./protocol.ts";

type SdkRequest = {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly headers: Record<string, string>;
};

/** Answers every request of one service with one output. */
const answering = (service: string, operation: string, output: Record<string, unknown>) => ({
  region: "us-east-1",
  endpoint: "http://localhost",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
  requestHandler: {
    metadata: { handlerProtocol: "http/1.1" },
    handle: (request: SdkRequest) => {
      const model = loadModel(service);
      const wire: WireRequest = {
        method: request.method,
        host: request.hostname,
        path: request.path,
        query: "",
        headers: request.headers,
        body: new Uint8Array(0),
      };
      const { status, headers, body } = protocolFor(model, wire).serialise(model, operation, output, {
        requestId: "1",
      });
      const stream = Readable.from(typeof body === "string" || body instanceof Uint8Array ? [body] : body);
      return Promise.resolve({ response: { statusCode: status, headers, body: stream } });
    },
  },
});

async function* events(
  ...all: readonly (Record<string, unknown> | AwsError)[]
): AsyncGenerator<Record<string, unknown>> {
  for (const event of all) {
    if (event instanceof AwsError) throw event;
    yield event;
  }
}

const collected = async (stream: AsyncIterable<unknown> | undefined): Promise<unknown[]> => {
  const all: unknown[] = [];
  for await (const event of stream ?? []) all.push(event);
  return all;
};

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, held: unknown) =>
      held instanceof Uint8Array ? Buffer.from(held).toString() : held,
    ) ?? "null",
  );

describe("event streams", () => {
  test("Lambda's response stream carries chunks and completion", async () => {
    const given = [
      { PayloadChunk: { Payload: bytes("one") } },
      { PayloadChunk: { Payload: bytes("two") } },
      { InvokeComplete: { ErrorCode: "Unhandled" } },
    ];
    const client = new LambdaClient(
      answering("lambda", "InvokeWithResponseStream", {
        StatusCode: 200,
        ExecutedVersion: "7",
        EventStream: events(...given),
      }),
    );
    const output = await client.send(new InvokeWithResponseStreamCommand({ FunctionName: "f" }));
    expect(output.ExecutedVersion).toBe("7");
    expect(plain(await collected(output.EventStream))).toEqual([
      { PayloadChunk: { Payload: "one" } },
      { PayloadChunk: { Payload: "two" } },
      { InvokeComplete: { ErrorCode: "Unhandled" } },
    ]);
  });

  test("S3 Select's events are bytes, XML and nothing", async () => {
    const given = [
      { Records: { Payload: bytes("a,b\n") } },
      { Stats: { Details: { BytesScanned: 4, BytesProcessed: 4, BytesReturned: 4 } } },
      { Cont: {} },
      { End: {} },
    ];
    const client = new S3Client({
      ...answering("s3", "SelectObjectContent", { Payload: events(...given) }),
      forcePathStyle: true,
    });
    const asked = {
      Bucket: "a-bucket",
      Key: "k",
      Expression: "select",
      ExpressionType: "SQL",
      InputSerialization: {},
      OutputSerialization: {},
    } as const;
    const output = await client.send(new SelectObjectContentCommand(asked));
    expect(plain(await collected(output.Payload))).toEqual(
      plain(given.map((event) => ("Records" in event ? { Records: { Payload: "a,b\n" } } : event))),
    );
  });

  test("Kinesis sends its other members first, then records with their times", async () => {
    const record = {
      Data: bytes("x"),
      PartitionKey: "p",
      SequenceNumber: "1",
      ApproximateArrivalTimestamp: new Date(1_700_000_000_123),
    };
    const event = {
      SubscribeToShardEvent: { Records: [record], ContinuationSequenceNumber: "1", MillisBehindLatest: 0 },
    };
    const client = new KinesisClient(answering("kinesis", "SubscribeToShard", { EventStream: events(event) }));
    const output = await client.send(
      new SubscribeToShardCommand({
        ConsumerARN: "arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/c:1",
        ShardId: "0",
        StartingPosition: { Type: "LATEST" },
      }),
    );
    expect(plain(await collected(output.EventStream))).toEqual(plain([event]));
  });

  test("CloudWatch Logs tails live, and an error midway reaches the reader as its class", async () => {
    const start = { sessionStart: { requestId: "r", sessionId: "s" } };
    const update = {
      sessionUpdate: { sessionMetadata: { sampled: false }, sessionResults: [{ message: "hello", timestamp: 1 }] },
    };
    const failure = new AwsError("SessionTimeoutException", "over");
    const client = new CloudWatchLogsClient(
      answering("logs", "StartLiveTail", { responseStream: events(start, update, failure) }),
    );
    const output = await client.send(new StartLiveTailCommand({ logGroupIdentifiers: ["g"] }));
    const seen: unknown[] = [];
    const read = async (): Promise<void> => {
      for await (const event of output.responseStream ?? []) seen.push(event);
    };
    await expect(read()).rejects.toMatchObject({ name: "SessionTimeoutException", message: "over" });
    expect(plain(seen)).toEqual([start, update]);
  });
});
