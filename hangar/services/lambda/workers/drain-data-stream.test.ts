// Mappings on Kinesis streams with each of their options, through one function that does what the records ask of it.

import {
  CreateStreamCommand,
  KinesisClient,
  MergeShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  RegisterStreamConsumerCommand,
  SplitShardCommand,
} from "@aws-sdk/client-kinesis";
import { CreateEventSourceMappingCommand, type CreateEventSourceMappingCommandInput } from "@aws-sdk/client-lambda";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { logOf, makeFunction, startLambdaCloud, type LambdaCloud } from "../engine/test-cloud.ts";

let at: LambdaCloud;
let kinesis: KinesisClient;

const HANDLER = `
exports.handler = async ({ Records, ...rest }) => {
  const data = Records.map(({ kinesis }) => Buffer.from(kinesis.data, "base64").toString());
  const source = rest.eventSourceARN ?? Records[0].eventSourceARN;
  console.log("EVENT " + JSON.stringify({ source, data, rest, first: Records[0] }));
  if (data.some((text) => text.startsWith("throw"))) throw new Error("no");
  return {
    batchItemFailures: Records.filter((_, index) => data[index] === "report").map(({ kinesis }) => ({
      itemIdentifier: kinesis.sequenceNumber,
    })),
    state: { count: (rest.state?.count ?? 0) + data.length },
  };
};`;

beforeAll(async () => {
  at = await startLambdaCloud("data-streams");
  kinesis = new KinesisClient({ ...at.cloud.clientConfig(), maxAttempts: 1 });
  await makeFunction(at, "reader", { "index.js": HANDLER });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const ACCOUNT = "000000000000";
const arnOf = (name: string): string => `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/${name}`;

async function create(StreamName: string, ShardCount = 1): Promise<string> {
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount }));
  return arnOf(StreamName);
}

async function put(StreamARN: string, data: readonly string[], PartitionKey = "p"): Promise<void> {
  for (const text of data)
    await kinesis.send(new PutRecordCommand({ StreamARN, Data: Buffer.from(text), PartitionKey }));
}

async function map(stream: string, more: Partial<CreateEventSourceMappingCommandInput> = {}): Promise<string> {
  const { UUID } = await at.lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: "reader",
      EventSourceArn: stream,
      StartingPosition: "TRIM_HORIZON",
      ...more,
    }),
  );
  return UUID ?? "";
}

type Seen = {
  readonly source: string;
  readonly data: string[];
  readonly rest: Record<string, unknown>;
  readonly first: Record<string, unknown>;
};

/** What the function was given of a stream, call by call. */
async function seen(stream: string): Promise<Seen[]> {
  return (await logOf(at, "reader"))
    .filter((line) => line.includes("EVENT "))
    .map((line) => JSON.parse(line.slice(line.indexOf("EVENT ") + 6)) as Seen)
    .filter(({ source }) => source === stream);
}

const batches = async (stream: string): Promise<string[][]> => (await seen(stream)).map(({ data }) => data);

test("a mapping is answered as recorded", async () => {
  const EventSourceArn = await create("answered");
  const { $metadata, ...answer } = await at.lambda.send(
    new CreateEventSourceMappingCommand({ FunctionName: "reader", EventSourceArn, StartingPosition: "LATEST" }),
  );
  expect($metadata.httpStatusCode).toBe(202);
  expect(answer).toEqual({
    BatchSize: 100,
    BisectBatchOnFunctionError: false,
    DestinationConfig: { OnFailure: {} },
    EventSourceArn,
    EventSourceMappingArn: `arn:aws:lambda:us-east-1:${ACCOUNT}:event-source-mapping:${answer.UUID}`,
    FunctionArn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:reader`,
    FunctionResponseTypes: [],
    LastModified: expect.any(Date),
    LastProcessingResult: "No records processed",
    MaximumBatchingWindowInSeconds: 0,
    MaximumRecordAgeInSeconds: -1,
    MaximumRetryAttempts: -1,
    ParallelizationFactor: 1,
    StartingPosition: "LATEST",
    State: "Creating",
    StateTransitionReason: "User action",
    TumblingWindowInSeconds: 0,
    UUID: expect.any(String),
  });
  await expect(map(EventSourceArn)).rejects.toThrow(
    `The event source arn (" ${EventSourceArn} ") and function (" reader ") provided mapping already exists. Please update or delete the existing mapping with UUID ${answer.UUID}`,
  );
});

test("a record comes as AWS sends it", async () => {
  const stream = await create("event");
  await put(stream, ["hello"], "test_0");
  await map(stream);
  await at.cloud.settle();
  const [event] = await seen(stream);
  const { kinesis: record = {}, ...rest } = (event?.first ?? {}) as { readonly kinesis?: Record<string, unknown> };
  expect(record).toEqual({
    kinesisSchemaVersion: "1.0",
    partitionKey: "test_0",
    sequenceNumber: expect.stringMatching(/^\d{56}$/),
    data: "aGVsbG8=",
    approximateArrivalTimestamp: expect.any(Number),
  });
  expect(rest).toEqual({
    eventSource: "aws:kinesis",
    eventVersion: "1.0",
    eventID: `shardId-000000000000:${String(record["sequenceNumber"])}`,
    eventName: "aws:kinesis:record",
    invokeIdentityArn: at.role,
    awsRegion: "us-east-1",
    eventSourceARN: stream,
  });
});

test("the three starting positions", async () => {
  const stream = await create("starts");
  await put(stream, ["before"]);
  await at.cloud.clock.advance("10 seconds");
  const StartingPositionTimestamp = new Date(at.cloud.clock.now());
  await at.cloud.clock.advance("10 seconds");
  await put(stream, ["after"]);
  await makeFunction(at, "latest", { "index.js": HANDLER });
  await makeFunction(at, "timed", { "index.js": HANDLER });
  await map(stream);
  await map(stream, { FunctionName: "latest", StartingPosition: "LATEST" });
  await map(stream, { FunctionName: "timed", StartingPosition: "AT_TIMESTAMP", StartingPositionTimestamp });
  await at.cloud.settle();
  await put(stream, ["now"]);
  await at.cloud.settle();
  const given = async (name: string): Promise<string[]> =>
    (await logOf(at, name))
      .filter((line) => line.includes("EVENT "))
      .map((line) => JSON.parse(line.slice(line.indexOf("EVENT ") + 6)) as Seen)
      .filter(({ source }) => source === stream)
      .flatMap(({ data }) => data);
  expect(await given("reader")).toEqual(["before", "after", "now"]);
  expect(await given("latest")).toEqual(["now"]);
  expect(await given("timed")).toEqual(["after", "now"]);
  await expect(map(stream, { StartingPosition: "AT_TIMESTAMP" })).rejects.toMatchObject({
    name: "InvalidParameterValueException",
  });
});

test("filters look into data that is JSON, and at the partition key", async () => {
  const stream = await create("filtered");
  await put(stream, ['{"type":"a"}', '{"type":"b"}', "no JSON"]);
  await put(stream, ['{"type":"c"}'], "special");
  await map(stream, {
    FilterCriteria: {
      Filters: [{ Pattern: '{"data":{"type":["b"]}}' }, { Pattern: '{"partitionKey":["special"]}' }],
    },
  });
  await at.cloud.settle();
  expect(await batches(stream)).toEqual([['{"type":"b"}', '{"type":"c"}']]);
});

test("what is given up on is told as KinesisBatchInfo", async () => {
  const sqs = new SQSClient(at.cloud.clientConfig());
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "given-up" }));
  const stream = await create("failing");
  await put(stream, ["a", "report", "b"]);
  await map(stream, {
    FunctionResponseTypes: ["ReportBatchItemFailures"],
    MaximumRetryAttempts: 1,
    DestinationConfig: { OnFailure: { Destination: `arn:aws:sqs:us-east-1:${ACCOUNT}:given-up` } },
  });
  await at.cloud.clock.advance("1 minute");
  expect(await batches(stream)).toEqual([
    ["a", "report", "b"],
    ["report", "b"],
    ["report", "b"],
  ]);
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(JSON.parse(Messages?.[0]?.Body ?? "")).toMatchObject({
    requestContext: { condition: "RetryAttemptsExhausted", approximateInvokeCount: 2 },
    version: "1.0",
    KinesisBatchInfo: { shardId: "shardId-000000000000", batchSize: 2, streamArn: stream },
  });
});

test("children are read when both parents of a merge are done", async () => {
  const stream = await create("resharded", 2);
  const put2 = (data: string, ExplicitHashKey: string): Promise<unknown> =>
    kinesis.send(
      new PutRecordsCommand({
        StreamARN: stream,
        Records: [{ Data: Buffer.from(data), PartitionKey: "p", ExplicitHashKey }],
      }),
    );
  const high = "340282366920938463463374607431768211455";
  await put2("low", "0");
  await put2("throw", high);
  await kinesis.send(new MergeShardsCommand({ StreamARN: stream, ShardToMerge: "0", AdjacentShardToMerge: "1" }));
  await put2("merged", "0");
  await kinesis.send(
    new SplitShardCommand({
      StreamARN: stream,
      ShardToSplit: "2",
      NewStartingHashKey: "170141183460469231731687303715884105728",
    }),
  );
  await put2("split", high);
  await map(stream, { MaximumRetryAttempts: 2 });
  await at.cloud.clock.advance("1 minute");
  const all = (await batches(stream)).flat();
  expect(all.filter((text) => text === "throw")).toHaveLength(3);
  expect(all.filter((text) => text !== "throw")).toEqual(["low", "merged", "split"]);
  expect(all.lastIndexOf("throw")).toBeLessThan(all.indexOf("merged"));
});

test("lanes keep a partition key's order, and tumbling windows carry state", async () => {
  const stream = await create("lanes");
  for (const key of ["a", "b", "c", "d"]) await put(stream, [`${key}1`, `${key}2`], key);
  await map(stream, { ParallelizationFactor: 4, BatchSize: 1 });
  await at.cloud.settle();
  const all = (await batches(stream)).flat();
  expect(all).toHaveLength(8);
  for (const key of ["a", "b", "c", "d"]) expect(all.indexOf(`${key}1`)).toBeLessThan(all.indexOf(`${key}2`));
  const tumbling = await create("tumbling");
  await put(tumbling, ["x", "y"]);
  await map(tumbling, { TumblingWindowInSeconds: 30, BatchSize: 1 });
  await at.cloud.clock.advance("31 seconds");
  const last = (await seen(tumbling)).at(-1);
  expect(last?.rest).toMatchObject({
    isFinalInvokeForWindow: true,
    state: { count: 2 },
    shardId: "shardId-000000000000",
  });
});

test("a consumer with enhanced fan-out may be the source", async () => {
  const stream = await create("fanned");
  const { Consumer } = await kinesis.send(
    new RegisterStreamConsumerCommand({ StreamARN: stream, ConsumerName: "lambda" }),
  );
  const source = Consumer?.ConsumerARN ?? "";
  await map(source);
  await put(stream, ["pushed"]);
  await at.cloud.settle();
  expect(await batches(source)).toEqual([["pushed"]]);
});

test("a stream that is not there, or that the role may not read, is said so", async () => {
  await expect(map(arnOf("nope"))).rejects.toThrow(`Stream not found: ${arnOf("nope")}`);
  const stream = await create("denied");
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "kinesis:*", Resource: "*" }] };
  await at.iam.send(
    new PutRolePolicyCommand({
      RoleName: "functions",
      PolicyName: "no-kinesis",
      PolicyDocument: JSON.stringify(document),
    }),
  );
  await expect(map(stream)).rejects.toThrow(
    `Cannot access stream ${stream}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, ListShards, and ListStreams Actions on your stream in IAM.`,
  );
});
