// Records of table streams that fail: halved, reported, given up on, told of.

import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { DeleteEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStreamSuite, type StreamSuite } from "../test-stream.ts";

let at: StreamSuite;
beforeAll(async () => {
  at = await startStreamSuite("stream-failures");
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

test("BisectBatchOnFunctionError halves the very batch that failed, down to the bad record", async () => {
  const stream = await at.makeTable("bisected");
  await at.put("bisected", ["a", "b"]);
  await at.put("bisected", ["bad"], { fail: { S: "throw" } });
  await at.put("bisected", ["c"]);
  const uuid = await at.map(stream, { BisectBatchOnFunctionError: true, MaximumRetryAttempts: 0 });
  await at.cloud.settle();
  expect((await at.mapping(uuid)).LastProcessingResult).toBe("PROBLEM: Function call failed");
  await at.put("bisected", ["later"]);
  await at.cloud.clock.advance("1 minute");
  expect(await at.batches(stream)).toEqual([
    ["a", "b", "bad", "c"],
    ["a", "b"],
    ["bad", "c"],
    ["bad"],
    ["c"],
    ["later"],
  ]);
  expect((await at.mapping(uuid)).LastProcessingResult).toBe("OK");
});

test("ReportBatchItemFailures: what comes before the first failure is done, the rest comes again", async () => {
  const stream = await at.makeTable("reported");
  await at.put("reported", ["a", "b"]);
  await at.put("reported", ["bad"], { fail: { S: "report" } });
  await at.put("reported", ["c"]);
  await at.map(stream, { FunctionResponseTypes: ["ReportBatchItemFailures"], MaximumRetryAttempts: 1 });
  await at.cloud.settle();
  await at.put("reported", ["later"]);
  await at.cloud.clock.advance("1 minute");
  expect(await at.batches(stream)).toEqual([["a", "b", "bad", "c"], ["bad", "c"], ["bad", "c"], ["later"]]);
});

test("a record that is given up on leaves its tumbling window and the state as they were", async () => {
  const stream = await at.makeTable("tumbling-on");
  await at.cloud.clock.advance(60_000 - (at.cloud.clock.now() % 60_000));
  await at.map(stream, { TumblingWindowInSeconds: 60, BatchSize: 1, MaximumRetryAttempts: 0 });
  await at.put("tumbling-on", ["a"]);
  await at.put("tumbling-on", ["bad"], { fail: { S: "throw" } });
  await at.put("tumbling-on", ["b"]);
  await at.cloud.settle();
  await at.cloud.clock.advance("1 minute");
  expect((await at.seen(stream)).map(({ ids, rest }) => [ids, rest["state"]])).toEqual([
    [["a"], {}],
    [["bad"], { count: 1 }],
    [["b"], { count: 1 }],
    [[], { count: 2 }],
  ]);
});

test("records above the age limit go to the bucket with the event's text; the others go on", async () => {
  const s3 = new S3Client({ ...at.cloud.clientConfig(), maxAttempts: 1, forcePathStyle: true });
  const Bucket = "discarded-records";
  await s3.send(new CreateBucketCommand({ Bucket }));
  const stream = await at.makeTable("aged");
  const uuid = await at.map(stream, {
    MaximumRecordAgeInSeconds: 60,
    DestinationConfig: { OnFailure: { Destination: `arn:aws:s3:::${Bucket}` } },
  });
  await at.put("aged", ["bad"], { fail: { S: "throw" } });
  await at.cloud.settle();
  await at.cloud.clock.advance("3 minutes");
  await at.put("aged", ["good"]);
  await at.cloud.settle();
  expect((await at.batches(stream)).at(-1)).toEqual(["good"]);
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
  const stream = await at.makeTable("told");
  await at.put("told", ["bad"], { fail: { S: "throw" } });
  await at.map(stream, { MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: TopicArn } } });
  await at.cloud.settle();
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  const body = JSON.parse(Messages[0]?.Body ?? "{}") as { Message?: string };
  expect(JSON.parse(body.Message ?? "{}")).toMatchObject({
    requestContext: { condition: "RetryAttemptsExhausted", approximateInvokeCount: 1 },
    responseContext: { functionError: "Unhandled" },
  });
});

test("a role that may no longer read the stream leaves its trouble on the mapping", async () => {
  const stream = await at.makeTable("forbidden");
  const uuid = await at.map(stream);
  const policy = (statement: object) =>
    at.iam.send(
      new PutRolePolicyCommand({
        RoleName: "functions",
        PolicyName: "streams",
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
      }),
    );
  await policy({ Effect: "Deny", Action: "dynamodb:GetRecords", Resource: stream });
  await at.put("forbidden", ["a"]);
  await at.cloud.settle();
  const message = `Cannot access stream ${stream}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.`;
  expect((await at.mapping(uuid)).LastProcessingResult).toBe(`PROBLEM: ${message}`);
  await at.lambda.send(new DeleteEventSourceMappingCommand({ UUID: uuid }));
  await expect(at.map(stream)).rejects.toMatchObject({ name: "InvalidParameterValueException", message });
  await policy({ Effect: "Allow", Action: "dynamodb:GetRecords", Resource: stream });
});
