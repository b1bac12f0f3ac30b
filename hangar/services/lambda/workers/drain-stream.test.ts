// Mappings on table streams with each of their options, through one function that does what the items ask of it.

import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateTableCommand,
  type Tag,
} from "@aws-sdk/client-dynamodb";
import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  UpdateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
} from "@aws-sdk/client-lambda";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { logOf, makeFunction, startLambdaCloud, type LambdaCloud } from "../engine/test-cloud.ts";

let at: LambdaCloud;
let dynamodb: DynamoDBClient;

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

beforeAll(async () => {
  at = await startLambdaCloud("stream-mappings");
  dynamodb = new DynamoDBClient({ ...at.cloud.clientConfig(), maxAttempts: 1 });
  await makeFunction(at, "reader", { "index.js": HANDLER });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

async function makeTable(TableName: string, Tags?: Tag[]): Promise<string> {
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
}

async function put(TableName: string, ids: readonly string[], more: PutItemCommand["input"]["Item"] = {}) {
  for (const id of ids) await dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: id }, ...more } }));
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

const mapping = (UUID: string) => at.lambda.send(new GetEventSourceMappingCommand({ UUID }));

type Seen = { readonly source: string; readonly ids: string[]; readonly rest: Record<string, unknown> };

/** What the function was given of a stream, call by call. */
async function seen(stream: string): Promise<Seen[]> {
  return (await logOf(at, "reader"))
    .filter((line) => line.includes("EVENT "))
    .map((line) => JSON.parse(line.slice(line.indexOf("EVENT ") + 6)) as Seen)
    .filter(({ source }) => source === stream);
}

const batches = async (stream: string): Promise<string[][]> => (await seen(stream)).map(({ ids }) => ids);

test("BisectBatchOnFunctionError halves the very batch that failed, down to the bad record", async () => {
  const stream = await makeTable("bisected");
  await put("bisected", ["a", "b"]);
  await put("bisected", ["bad"], { fail: { S: "throw" } });
  await put("bisected", ["c"]);
  const uuid = await map(stream, { BisectBatchOnFunctionError: true, MaximumRetryAttempts: 0 });
  await at.cloud.settle();
  expect((await mapping(uuid)).LastProcessingResult).toBe("PROBLEM: Function call failed");
  await put("bisected", ["later"]);
  await at.cloud.clock.advance("1 minute");
  expect(await batches(stream)).toEqual([["a", "b", "bad", "c"], ["a", "b"], ["bad", "c"], ["bad"], ["c"], ["later"]]);
  expect((await mapping(uuid)).LastProcessingResult).toBe("OK");
});

test("ReportBatchItemFailures: what comes before the first failure is done, the rest comes again", async () => {
  const stream = await makeTable("reported");
  await put("reported", ["a", "b"]);
  await put("reported", ["bad"], { fail: { S: "report" } });
  await put("reported", ["c"]);
  await map(stream, { FunctionResponseTypes: ["ReportBatchItemFailures"], MaximumRetryAttempts: 1 });
  await at.cloud.settle();
  await put("reported", ["later"]);
  await at.cloud.clock.advance("1 minute");
  expect(await batches(stream)).toEqual([["a", "b", "bad", "c"], ["bad", "c"], ["later"]]);
});

test("ParallelizationFactor: slow items do not hold up others, and each item's changes keep their order", async () => {
  const stream = await makeTable("parallel");
  await put("parallel", ["slow"], { slow: { N: "400" }, n: { N: "1" } });
  await put("parallel", ["slow"], { n: { N: "2" } });
  const quick = Array.from({ length: 10 }, (_, index) => `quick${index}-`);
  for (const n of ["1", "2"]) await put("parallel", quick, { n: { N: n } });
  const uuid = await map(stream, { ParallelizationFactor: 10, BatchSize: 1 });
  await at.cloud.settle();
  const ids = (await batches(stream)).flat();
  expect(ids[0]).not.toBe("slow1");
  const both = ["slow", ...quick];
  expect(ids.toSorted()).toEqual(both.flatMap((id) => [`${id}1`, `${id}2`]).toSorted());
  for (const id of both) expect(ids.indexOf(`${id}1`)).toBeLessThan(ids.indexOf(`${id}2`));
  // Other lanes begin where these have come to.
  await at.lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, ParallelizationFactor: 2 }));
  await put("parallel", ["last"]);
  await at.cloud.settle();
  expect((await batches(stream)).flat().slice(ids.length)).toEqual(["last"]);
});

test("a tumbling window hands its state from call to call, and ends with a call of its own", async () => {
  const stream = await makeTable("tumbling");
  // To the start of a window, by the clock of the world.
  await at.cloud.clock.advance(60_000 - (at.cloud.clock.now() % 60_000));
  await map(stream, { TumblingWindowInSeconds: 60, BatchSize: 2 });
  await put("tumbling", ["a", "b", "c"]);
  await at.cloud.settle();
  await at.cloud.clock.advance("1 minute");
  await put("tumbling", ["d"]);
  await at.cloud.settle();
  await at.cloud.clock.advance("1 minute");
  const events = await seen(stream);
  const facts = events.map(({ ids, rest }) => [ids, rest["state"], rest["isFinalInvokeForWindow"]]);
  expect(facts).toEqual([
    [["a", "b"], {}, false],
    [["c"], { count: 2 }, false],
    [[], { count: 3 }, true],
    [["d"], {}, false],
    [[], { count: 1 }, true],
  ]);
  expect(events[0]?.rest).toEqual({
    window: {
      start: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/),
      end: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/),
    },
    state: {},
    shardId: expect.stringMatching(/^shardId-/),
    eventSourceARN: stream,
    isFinalInvokeForWindow: false,
    isWindowTerminatedEarly: false,
  });
});

test("a record that is given up on leaves its tumbling window and the state as they were", async () => {
  const stream = await makeTable("tumbling-on");
  await at.cloud.clock.advance(60_000 - (at.cloud.clock.now() % 60_000));
  await map(stream, { TumblingWindowInSeconds: 60, BatchSize: 1, MaximumRetryAttempts: 0 });
  await put("tumbling-on", ["a"]);
  await put("tumbling-on", ["bad"], { fail: { S: "throw" } });
  await put("tumbling-on", ["b"]);
  await at.cloud.settle();
  await at.cloud.clock.advance("1 minute");
  expect((await seen(stream)).map(({ ids, rest }) => [ids, rest["state"]])).toEqual([
    [["a"], {}],
    [["bad"], { count: 1 }],
    [["b"], { count: 1 }],
    [[], { count: 2 }],
  ]);
});

test("a batch is no bigger than an invocation's six megabytes", async () => {
  const stream = await makeTable("big");
  const ids = Array.from({ length: 17 }, (_, index) => `big${String(index).padStart(2, "0")}`);
  await put("big", ids, { text: { S: "é".repeat(195_000) } });
  await map(stream);
  await at.cloud.settle();
  expect(await batches(stream)).toEqual([ids.slice(0, 16), ids.slice(16)]);
});

test("a batching window gathers what comes in its time, unless the batch is full before", async () => {
  const stream = await makeTable("windowed");
  await map(stream, { MaximumBatchingWindowInSeconds: 60, BatchSize: 3 });
  await put("windowed", ["a", "b"]);
  await at.cloud.settle();
  expect(await batches(stream)).toEqual([]);
  await put("windowed", ["c", "d"]);
  await at.cloud.settle();
  expect(await batches(stream)).toEqual([["a", "b", "c"]]);
  await at.cloud.clock.advance("1 minute");
  expect(await batches(stream)).toEqual([["a", "b", "c"], ["d"]]);
});

test("records above the age limit go to the bucket with the event's text; the others go on", async () => {
  const s3 = new S3Client({ ...at.cloud.clientConfig(), maxAttempts: 1, forcePathStyle: true });
  const Bucket = "discarded-records";
  await s3.send(new CreateBucketCommand({ Bucket }));
  const stream = await makeTable("aged");
  const uuid = await map(stream, {
    MaximumRecordAgeInSeconds: 60,
    DestinationConfig: { OnFailure: { Destination: `arn:aws:s3:::${Bucket}` } },
  });
  await put("aged", ["bad"], { fail: { S: "throw" } });
  await at.cloud.settle();
  await at.cloud.clock.advance("3 minutes");
  await put("aged", ["good"]);
  await at.cloud.settle();
  expect((await batches(stream)).at(-1)).toEqual(["good"]);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const [{ Key = "" } = {}] = Contents;
  expect(Contents).toHaveLength(1);
  expect(Key).toMatch(
    new RegExp(
      `^aws/lambda/${uuid}/shardId-[^/]+/\\d{4}/\\d\\d/\\d\\d/\\d{4}-\\d\\d-\\d\\dT\\d\\d\\.\\d\\d\\.\\d\\d-[0-9a-f-]{36}$`,
    ),
  );
  const text = await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
  const record = JSON.parse(text ?? "") as { payload: string; requestContext: object };
  expect(record).toMatchObject({
    requestContext: { condition: "RecordAgeExceeded", functionArn: expect.stringMatching(/:function:reader$/) },
    DDBStreamBatchInfo: { batchSize: 1, streamArn: stream },
    version: "1.0",
  });
  expect(JSON.parse(record.payload)).toMatchObject({ Records: [{ dynamodb: { Keys: { id: { S: "bad" } } } }] });
});

test("a topic hears of what was given up on", async () => {
  const sns = new SNSClient({ ...at.cloud.clientConfig(), maxAttempts: 1 });
  const sqs = new SQSClient({ ...at.cloud.clientConfig(), maxAttempts: 1 });
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "given-up" }));
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({
      QueueName: "given-up-heard",
      Attributes: {
        Policy: JSON.stringify({
          Statement: [{ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" }],
        }),
      },
    }),
  );
  await sns.send(
    new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: "arn:aws:sqs:us-east-1:000000000000:given-up-heard" }),
  );
  const stream = await makeTable("told");
  await put("told", ["bad"], { fail: { S: "throw" } });
  await map(stream, { MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: TopicArn } } });
  await at.cloud.settle();
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  const body = JSON.parse(Messages[0]?.Body ?? "{}") as { Message?: string };
  expect(JSON.parse(body.Message ?? "{}")).toMatchObject({
    requestContext: { condition: "RetryAttemptsExhausted", approximateInvokeCount: 1 },
    responseContext: { functionError: "Unhandled" },
  });
});

test("switched off, a mapping stands still; switched on, it goes on where it was, in shards that came since, too", async () => {
  const stream = await makeTable("switched");
  await put("switched", ["before"]);
  const uuid = await map(stream, { StartingPosition: "LATEST" });
  await put("switched", ["a"]);
  await at.cloud.settle();
  const turn = (Enabled: boolean) => at.lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled }));
  expect((await turn(false)).State).toBe("Disabling");
  await put("switched", ["b"]);
  await at.cloud.clock.advance("5 hours");
  await put("switched", ["c"]);
  await at.cloud.settle();
  expect(await batches(stream)).toEqual([["a"]]);
  expect((await turn(true)).State).toBe("Enabling");
  await at.cloud.settle();
  expect(await batches(stream)).toEqual([["a"], ["b"], ["c"]]);
  await at.lambda.send(new DeleteEventSourceMappingCommand({ UUID: uuid }));
  await put("switched", ["d"]);
  await at.cloud.settle();
  expect(await batches(stream)).toHaveLength(3);
});

test("all shards of a stream are read to their end, parents before children", async () => {
  const stream = await makeTable("sharded", [{ Key: "hangar:partitions", Value: "4" }]);
  const ids = Array.from({ length: 12 }, (_, index) => `item${index}-`);
  await put("sharded", ids, { n: { N: "1" } });
  await at.cloud.clock.advance("5 hours");
  await put("sharded", ids, { n: { N: "2" } });
  await dynamodb.send(new UpdateTableCommand({ TableName: "sharded", StreamSpecification: { StreamEnabled: false } }));
  await map(stream);
  await at.cloud.settle();
  const all = (await batches(stream)).flat();
  expect(all.toSorted()).toEqual(ids.flatMap((id) => [`${id}1`, `${id}2`]).toSorted());
  for (const id of ids) expect(all.indexOf(`${id}1`)).toBeLessThan(all.indexOf(`${id}2`));
});

test("a role that may no longer read the stream leaves its trouble on the mapping", async () => {
  const stream = await makeTable("forbidden");
  const uuid = await map(stream);
  const policy = (statement: object) =>
    at.iam.send(
      new PutRolePolicyCommand({
        RoleName: "functions",
        PolicyName: "streams",
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
      }),
    );
  await policy({ Effect: "Deny", Action: "dynamodb:GetRecords", Resource: stream });
  await put("forbidden", ["a"]);
  await at.cloud.settle();
  const message = `Cannot access stream ${stream}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.`;
  expect((await mapping(uuid)).LastProcessingResult).toBe(`PROBLEM: ${message}`);
  await at.lambda.send(new DeleteEventSourceMappingCommand({ UUID: uuid }));
  await expect(map(stream)).rejects.toMatchObject({ name: "InvalidParameterValueException", message });
  await policy({ Effect: "Allow", Action: "dynamodb:GetRecords", Resource: stream });
});

test.each<[string, Partial<CreateEventSourceMappingCommandInput>, string]>([
  [
    "a maximum of concurrent calls, which queues have",
    { ScalingConfig: { MaximumConcurrency: 2 } },
    "Unsupported ScalingConfig parameter for given event source mapping type.",
  ],
  [
    "an age limit below a minute",
    { MaximumRecordAgeInSeconds: 30 },
    "MaximumRecordAgeInSeconds must be -1 or between 60 and 604800.",
  ],
  [
    "a function as destination",
    { DestinationConfig: { OnFailure: { Destination: "arn:aws:lambda:us-east-1:000000000000:function:reader" } } },
    "The provided destination config DestinationConfig(onSuccess=null, onFailure=OnFailure(destination=arn:aws:lambda:us-east-1:000000000000:function:reader)) is invalid.",
  ],
])("refused: %s", async (_, more, message) => {
  const stream = await makeTable(`refused-${message.length}`);
  await expect(map(stream, more)).rejects.toMatchObject({ name: "InvalidParameterValueException", message });
});
