// Event source mappings: SQS queues and DynamoDB streams, batches, filters, failures.

import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
} from "@aws-sdk/client-lambda";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { logOf, makeFunction, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
let sqs: SQSClient;
let dynamodb: DynamoDBClient;

beforeAll(async () => {
  at = await startLambdaCloud("mappings");
  sqs = new SQSClient({ ...at.cloud.clientConfig(), maxAttempts: 1 });
  dynamodb = new DynamoDBClient({ ...at.cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;

async function makeQueue(name: string, attributes: Record<string, string> = {}): Promise<string> {
  return (await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }))).QueueUrl ?? "";
}

async function map(
  functionName: string,
  source: string,
  more: Partial<CreateEventSourceMappingCommandInput> = {},
): Promise<string> {
  const { UUID } = await at.lambda.send(
    new CreateEventSourceMappingCommand({ FunctionName: functionName, EventSourceArn: source, ...more }),
  );
  return UUID ?? "";
}

/** What a function logged with `console.log("EVENT", JSON.stringify(…))`. */
async function seen(name: string): Promise<unknown[]> {
  return (await logOf(at, name)).flatMap((line) =>
    line.includes("EVENT ") ? [JSON.parse(line.slice(line.indexOf("EVENT ") + 6)) as unknown] : [],
  );
}

async function left(url: string): Promise<number[]> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  return [
    Number(Attributes?.["ApproximateNumberOfMessages"]),
    Number(Attributes?.["ApproximateNumberOfMessagesNotVisible"]),
  ];
}

describe("queues", () => {
  test("a mapping is created with AWS's defaults; its messages reach the function and are deleted", async () => {
    const url = await makeQueue("orders");
    await makeFunction(at, "orders", {
      "index.js": "exports.handler = async (event) => console.log('EVENT ' + JSON.stringify(event))",
    });
    const { $metadata, ...created } = await at.lambda.send(
      new CreateEventSourceMappingCommand({ FunctionName: "orders", EventSourceArn: queueArn("orders") }),
    );
    expect($metadata.httpStatusCode).toBe(202);
    const expected = {
      UUID: created.UUID,
      BatchSize: 10,
      EventSourceArn: queueArn("orders"),
      EventSourceMappingArn: `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${created.UUID}`,
      FunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:orders",
      FunctionResponseTypes: [],
      LastModified: expect.any(Date),
      MaximumBatchingWindowInSeconds: 0,
      State: "Creating",
      StateTransitionReason: "USER_INITIATED",
    };
    expect(created).toEqual(expected);
    const { $metadata: _metadata, ...read } = await at.lambda.send(
      new GetEventSourceMappingCommand({ UUID: created.UUID }),
    );
    expect(read).toEqual({ ...expected, State: "Enabled" });
    const { MessageId } = await sqs.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: "hello",
        MessageAttributes: { kind: { DataType: "String", StringValue: "greeting" } },
      }),
    );
    await at.cloud.settle();
    expect(await seen("orders")).toEqual([
      {
        Records: [
          {
            messageId: MessageId,
            receiptHandle: expect.any(String),
            body: "hello",
            attributes: expect.objectContaining({
              ApproximateReceiveCount: "1",
              SentTimestamp: expect.stringMatching(/^\d{13}$/),
              SenderId: expect.any(String),
              ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
            }),
            messageAttributes: {
              kind: { stringValue: "greeting", stringListValues: [], binaryListValues: [], dataType: "String" },
            },
            md5OfBody: "5d41402abc4b2a76b9719d911017c592",
            eventSource: "aws:sqs",
            eventSourceARN: queueArn("orders"),
            awsRegion: "us-east-1",
          },
        ],
      },
    ]);
    expect(await left(url)).toEqual([0, 0]);
    expect(
      (await at.lambda.send(new ListEventSourceMappingsCommand({ FunctionName: "orders" }))).EventSourceMappings?.map(
        (mapping) => mapping.UUID,
      ),
    ).toEqual([created.UUID]);
  });

  test("messages of a failed batch come back when their visibility timeout ends, and go to the dead letter queue in the end", async () => {
    const dead = await makeQueue("dead");
    const url = await makeQueue("failing", {
      VisibilityTimeout: "30",
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn("dead"), maxReceiveCount: 2 }),
    });
    await makeFunction(at, "failing", {
      "index.js":
        "exports.handler = async (event) => { console.log('EVENT ' + event.Records[0].attributes.ApproximateReceiveCount); throw new Error('no') }",
    });
    await map("failing", queueArn("failing"));
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "x" }));
    await at.cloud.settle();
    expect(await seen("failing")).toEqual([1]);
    expect(await left(url)).toEqual([0, 1]);
    await at.cloud.clock.advance("31 seconds");
    expect(await seen("failing")).toEqual([1, 2]);
    await at.cloud.clock.advance("31 seconds");
    expect(await seen("failing")).toEqual([1, 2]);
    expect(
      (await sqs.send(new ReceiveMessageCommand({ QueueUrl: dead }))).Messages?.map((message) => message.Body),
    ).toEqual(["x"]);
  });

  test("with ReportBatchItemFailures only the named messages stay", async () => {
    const url = await makeQueue("partial");
    await makeFunction(at, "partial", {
      "index.js":
        "exports.handler = async (event) => ({ batchItemFailures: event.Records.filter((r) => r.body === 'bad').map((r) => ({ itemIdentifier: r.messageId })) })",
    });
    await map("partial", queueArn("partial"), { FunctionResponseTypes: ["ReportBatchItemFailures"] });
    await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: ["good", "bad", "fine"].map((MessageBody, index) => ({ Id: String(index), MessageBody })),
      }),
    );
    await at.cloud.settle();
    expect(await left(url)).toEqual([0, 1]);
  });

  test("filtered messages are deleted without an invocation", async () => {
    const url = await makeQueue("filtered");
    await makeFunction(at, "filtered", {
      "index.js":
        "exports.handler = async (event) => console.log('EVENT ' + JSON.stringify(event.Records.map((r) => r.body)))",
    });
    await map("filtered", queueArn("filtered"), {
      FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["wanted"]}}' }] },
    });
    await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: "1", MessageBody: '{"kind":"wanted"}' },
          { Id: "2", MessageBody: '{"kind":"other"}' },
          { Id: "3", MessageBody: "text" },
        ],
      }),
    );
    await at.cloud.settle();
    expect((await seen("filtered")).flat()).toEqual(['{"kind":"wanted"}']);
    expect(await left(url)).toEqual([0, 0]);
  });

  test("a batching window gathers what comes in its time", async () => {
    const url = await makeQueue("window");
    await makeFunction(at, "window", {
      "index.js": "exports.handler = async (event) => console.log('EVENT ' + event.Records.length)",
    });
    await map("window", queueArn("window"), { BatchSize: 100, MaximumBatchingWindowInSeconds: 20 });
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "1" }));
    await at.cloud.settle();
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "2" }));
    await at.cloud.settle();
    expect(await seen("window")).toEqual([]);
    await at.cloud.clock.advance("21 seconds");
    expect(await seen("window")).toEqual([2]);
  });

  test("a disabled mapping leaves messages alone until it is enabled; a deleted one is gone", async () => {
    const url = await makeQueue("paused");
    await makeFunction(at, "paused", {
      "index.js": "exports.handler = async (event) => console.log('EVENT ' + event.Records.length)",
    });
    const uuid = await map("paused", queueArn("paused"), { Enabled: false });
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "1" }));
    await at.cloud.settle();
    expect(await left(url)).toEqual([1, 0]);
    expect((await at.lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: true }))).State).toBe(
      "Enabling",
    );
    await at.cloud.settle();
    expect(await seen("paused")).toEqual([1]);
    expect((await at.lambda.send(new DeleteEventSourceMappingCommand({ UUID: uuid }))).State).toBe("Deleting");
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "2" }));
    await at.cloud.settle();
    expect(await left(url)).toEqual([1, 0]);
    await expect(at.lambda.send(new GetEventSourceMappingCommand({ UUID: uuid }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "The resource you requested does not exist.",
    });
  });

  test("what AWS refuses", async () => {
    await makeQueue("short", { VisibilityTimeout: "2" });
    await expect(map("ghost", queueArn("short"))).rejects.toMatchObject({
      name: "InvalidParameterValueException",
      message: "Function does not exist",
    });
    await expect(map("orders", queueArn("ghost"))).rejects.toMatchObject({
      message:
        "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.",
    });
    await expect(map("orders", queueArn("short"))).rejects.toMatchObject({
      message: "Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds",
    });
    await expect(map("orders", queueArn("orders"), { BatchSize: 11 })).rejects.toMatchObject({
      message: "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
    });
    await expect(
      map("orders", queueArn("orders"), { FilterCriteria: { Filters: [{ Pattern: "simple string" }] } }),
    ).rejects.toMatchObject({ message: "Invalid filter pattern definition." });
    await expect(map("orders", queueArn("orders"))).rejects.toMatchObject({
      name: "ResourceConflictException",
      message: expect.stringMatching(
        /^An event source mapping with SQS arn \(" arn:aws:sqs:us-east-1:000000000000:orders "\) and function \(" orders "\) already exists\. Please update or delete the existing mapping with UUID [0-9a-f-]{36}$/,
      ),
    });
    await expect(map("orders", "arn:aws:foo:us-east-1:000000000000:x")).rejects.toMatchObject({
      message: "Unrecognized event source.",
    });
  });
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
    const records = (await seen("things")).flat() as {
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
    await map("latest", stream, {
      StartingPosition: "LATEST",
      FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"Keys":{"id":{"S":[{"prefix":"n"}]}}}}' }] },
    });
    await put("latest", "new");
    await put("latest", "other");
    await at.cloud.settle();
    expect((await seen("latest")).flat()).toEqual(["new"]);
  });

  test("a batch that fails is split until the bad record is alone, and that one is given up on", async () => {
    const failures = await makeQueue("given-up");
    const stream = await makeTable("splitting");
    for (const id of ["a", "b", "bad", "c"]) await put("splitting", id);
    await makeFunction(at, "splitting", {
      "index.js":
        "exports.handler = async (event) => { const ids = event.Records.map((r) => r.dynamodb.Keys.id.S); if (ids.includes('bad')) throw new Error('no'); console.log('EVENT ' + JSON.stringify(ids)) }",
    });
    await map("splitting", stream, {
      StartingPosition: "TRIM_HORIZON",
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: queueArn("given-up") } },
    });
    await at.cloud.settle();
    await at.cloud.clock.advance("5 minutes");
    expect((await seen("splitting")).flat()).toEqual(["a", "b", "c"]);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: failures }));
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
    await expect(map("things", stream)).rejects.toMatchObject({
      message:
        "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    });
    await expect(
      map("things", stream, { StartingPosition: "AT_TIMESTAMP", StartingPositionTimestamp: new Date() }),
    ).rejects.toMatchObject({ message: `Unsupported starting position for arn type: ${stream}` });
    const ghost = "arn:aws:dynamodb:us-east-1:000000000000:table/ghost/stream/2025-02-22T03:03:25.490";
    await expect(map("things", ghost, { StartingPosition: "LATEST" })).rejects.toMatchObject({
      message: `Stream not found: ${ghost}`,
    });
  });
});
