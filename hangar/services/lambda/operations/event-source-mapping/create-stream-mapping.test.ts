// Event source mappings: DynamoDB streams, batches, filters, failures.

import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { map, seen } from "../../test-mapping.ts";
import { makeFunction, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
let dynamodb: DynamoDBClient;

beforeAll(async () => {
  at = await startLambdaCloud("stream-mappings");
  dynamodb = new DynamoDBClient({ ...at.cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

describe("DynamoDB streams", () => {
  async function makeTable(name: string): Promise<string> {
    const { TableDescription } = await dynamodb.send(
      new CreateTableCommand({
        TableName: name,
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        BillingMode: "PAY_PER_REQUEST",
        StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
      }),
    );
    return TableDescription?.LatestStreamArn ?? "";
  }
  const put = (table: string, id: string): Promise<unknown> =>
    dynamodb.send(new PutItemCommand({ TableName: table, Item: { id: { S: id } } }));

  test("changes reach the function in order, from the start of the stream", async () => {
    const stream = await makeTable("things");
    await put("things", "a");
    await makeFunction(at, "things", {
      "index.js": "exports.handler = async (event) => console.log('EVENT ' + JSON.stringify(event.Records))",
    });
    const created = await at.lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: "things",
        EventSourceArn: stream,
        StartingPosition: "TRIM_HORIZON",
      }),
    );
    expect(created).toMatchObject({
      BatchSize: 100,
      StartingPosition: "TRIM_HORIZON",
      MaximumRetryAttempts: -1,
      MaximumRecordAgeInSeconds: -1,
      BisectBatchOnFunctionError: false,
      ParallelizationFactor: 1,
      TumblingWindowInSeconds: 0,
      DestinationConfig: { OnFailure: {} },
      LastProcessingResult: "No records processed",
      StateTransitionReason: "User action",
    });
    await at.cloud.settle();
    await put("things", "b");
    await at.cloud.settle();
    const records = (await seen(at, "things")).flat() as {
      eventName: string;
      eventSourceARN: string;
      eventSource: string;
      dynamodb: { Keys: { id: { S: string } } };
    }[];
    expect(
      records.map((record) => [record.eventName, record.eventSource, record.eventSourceARN, record.dynamodb.Keys.id.S]),
    ).toEqual([
      ["INSERT", "aws:dynamodb", stream, "a"],
      ["INSERT", "aws:dynamodb", stream, "b"],
    ]);
  });

  test("LATEST leaves out what was there, filters choose among the rest", async () => {
    const stream = await makeTable("latest");
    await put("latest", "old");
    await makeFunction(at, "latest", {
      "index.js":
        "exports.handler = async (event) => console.log('EVENT ' + JSON.stringify(event.Records.map((r) => r.dynamodb.Keys.id.S)))",
    });
    await map(at, "latest", stream, {
      StartingPosition: "LATEST",
      FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"Keys":{"id":{"S":[{"prefix":"n"}]}}}}' }] },
    });
    await put("latest", "new");
    await put("latest", "other");
    await at.cloud.settle();
    expect((await seen(at, "latest")).flat()).toEqual(["new"]);
  });

  test("a batch that fails is split until the bad record is alone, and that one is given up on", async () => {
    const sqs = new SQSClient({ ...at.cloud.clientConfig(), maxAttempts: 1 });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "given-up" }));
    const stream = await makeTable("splitting");
    for (const id of ["a", "b", "bad", "c"]) await put("splitting", id);
    await makeFunction(at, "splitting", {
      "index.js":
        "exports.handler = async (event) => { const ids = event.Records.map((r) => r.dynamodb.Keys.id.S); if (ids.includes('bad')) throw new Error('no'); console.log('EVENT ' + JSON.stringify(ids)) }",
    });
    await map(at, "splitting", stream, {
      StartingPosition: "TRIM_HORIZON",
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: "arn:aws:sqs:us-east-1:000000000000:given-up" } },
    });
    await at.cloud.settle();
    await at.cloud.clock.advance("5 minutes");
    expect((await seen(at, "splitting")).flat()).toEqual(["a", "b", "c"]);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(JSON.parse(Messages[0]?.Body ?? "")).toEqual({
      requestContext: {
        requestId: expect.any(String),
        functionArn: "arn:aws:lambda:us-east-1:000000000000:function:splitting",
        condition: "RetryAttemptsExhausted",
        approximateInvokeCount: 2,
      },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      version: "1.0",
      timestamp: expect.any(String),
      DDBStreamBatchInfo: {
        shardId: expect.stringMatching(/^shardId-/),
        startSequenceNumber: expect.any(String),
        endSequenceNumber: expect.any(String),
        approximateArrivalOfFirstRecord: expect.any(String),
        approximateArrivalOfLastRecord: expect.any(String),
        batchSize: 1,
        streamArn: stream,
      },
    });
  });

  test("a starting position is required, and a stream that is not there is named", async () => {
    const stream = await makeTable("refused");
    await expect(map(at, "things", stream)).rejects.toMatchObject({
      message:
        "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    });
    await expect(
      map(at, "things", stream, { StartingPosition: "AT_TIMESTAMP", StartingPositionTimestamp: new Date() }),
    ).rejects.toMatchObject({ message: `Unsupported starting position for arn type: ${stream}` });
    const ghost = "arn:aws:dynamodb:us-east-1:000000000000:table/ghost/stream/2025-02-22T03:03:25.490";
    await expect(map(at, "things", ghost, { StartingPosition: "LATEST" })).rejects.toMatchObject({
      message: `Stream not found: ${ghost}`,
    });
  });
});
