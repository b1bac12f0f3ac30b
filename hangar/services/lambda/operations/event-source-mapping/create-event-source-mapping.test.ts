// Event source mappings: SQS queues, batches, filters, failures.

import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
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
import { map, seen } from "../../test-mapping.ts";
import { makeFunction, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
let sqs: SQSClient;

beforeAll(async () => {
  at = await startLambdaCloud("mappings");
  sqs = new SQSClient({ ...at.cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;

async function makeQueue(name: string, attributes: Record<string, string> = {}): Promise<string> {
  return (await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }))).QueueUrl ?? "";
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
    const { MessageId, MD5OfMessageAttributes } = await sqs.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: "hello",
        MessageAttributes: { kind: { DataType: "String", StringValue: "greeting" } },
      }),
    );
    await at.cloud.settle();
    expect(await seen(at, "orders")).toEqual([
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
            md5OfMessageAttributes: MD5OfMessageAttributes,
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
    await map(at, "failing", queueArn("failing"));
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "x" }));
    await at.cloud.settle();
    expect(await seen(at, "failing")).toEqual([1]);
    expect(await left(url)).toEqual([0, 1]);
    await at.cloud.clock.advance("31 seconds");
    expect(await seen(at, "failing")).toEqual([1, 2]);
    await at.cloud.clock.advance("31 seconds");
    expect(await seen(at, "failing")).toEqual([1, 2]);
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
    await map(at, "partial", queueArn("partial"), { FunctionResponseTypes: ["ReportBatchItemFailures"] });
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
    await map(at, "filtered", queueArn("filtered"), {
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
    expect((await seen(at, "filtered")).flat()).toEqual(['{"kind":"wanted"}']);
    expect(await left(url)).toEqual([0, 0]);
  });

  test("a batching window gathers what comes in its time", async () => {
    const url = await makeQueue("window");
    await makeFunction(at, "window", {
      "index.js": "exports.handler = async (event) => console.log('EVENT ' + event.Records.length)",
    });
    await map(at, "window", queueArn("window"), { BatchSize: 100, MaximumBatchingWindowInSeconds: 20 });
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "1" }));
    await at.cloud.settle();
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "2" }));
    await at.cloud.settle();
    expect(await seen(at, "window")).toEqual([]);
    await at.cloud.clock.advance("21 seconds");
    expect(await seen(at, "window")).toEqual([2]);
  });

  test("a disabled mapping leaves messages alone until it is enabled; a deleted one is gone", async () => {
    const url = await makeQueue("paused");
    await makeFunction(at, "paused", {
      "index.js": "exports.handler = async (event) => console.log('EVENT ' + event.Records.length)",
    });
    const uuid = await map(at, "paused", queueArn("paused"), { Enabled: false });
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "1" }));
    await at.cloud.settle();
    expect(await left(url)).toEqual([1, 0]);
    expect((await at.lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: true }))).State).toBe(
      "Enabling",
    );
    await at.cloud.settle();
    expect(await seen(at, "paused")).toEqual([1]);
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
    await expect(map(at, "ghost", queueArn("short"))).rejects.toMatchObject({
      name: "InvalidParameterValueException",
      message: "Function does not exist",
    });
    await expect(map(at, "orders", queueArn("ghost"))).rejects.toMatchObject({
      message:
        "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.",
    });
    await expect(map(at, "orders", queueArn("short"))).rejects.toMatchObject({
      message: "Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds",
    });
    await expect(map(at, "orders", queueArn("orders"), { BatchSize: 11 })).rejects.toMatchObject({
      message: "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
    });
    await expect(
      map(at, "orders", queueArn("orders"), { FilterCriteria: { Filters: [{ Pattern: "simple string" }] } }),
    ).rejects.toMatchObject({ message: "Invalid filter pattern definition." });
    await expect(map(at, "orders", queueArn("orders"))).rejects.toMatchObject({
      name: "ResourceConflictException",
      message: expect.stringMatching(
        /^An event source mapping with SQS arn \(" arn:aws:sqs:us-east-1:000000000000:orders "\) and function \(" orders "\) already exists\. Please update or delete the existing mapping with UUID [0-9a-f-]{36}$/,
      ),
    });
    await expect(map(at, "orders", "arn:aws:foo:us-east-1:000000000000:x")).rejects.toMatchObject({
      message: "Unrecognized event source.",
    });
  });
});
