// Asynchronous invocation: settings, retries on the clock, destinations, dead letters.

import {
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  ListFunctionEventInvokeConfigsCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionEventInvokeConfigCommand,
} from "@aws-sdk/client-lambda";
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { logOf, makeFunction, run, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
let sqs: SQSClient;
let url = "";
const results = "arn:aws:sqs:us-east-1:000000000000:results";
const arn = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

beforeAll(async () => {
  at = await startLambdaCloud("event-invoke");
  // Retries are counted in seconds: the machine's own must not add to them.
  at.cloud.clock.hold();
  sqs = new SQSClient({ ...at.cloud.clientConfig(), maxAttempts: 1 });
  url = (await sqs.send(new CreateQueueCommand({ QueueName: "results" }))).QueueUrl ?? "";
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

async function received(): Promise<{ readonly body: unknown; readonly attributes: unknown }[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: url, MessageAttributeNames: ["All"], MaxNumberOfMessages: 10 }),
  );
  for (const message of Messages)
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }));
  return Messages.map((message) => ({
    body: JSON.parse(message.Body ?? "") as unknown,
    attributes: message.MessageAttributes,
  }));
}

test("settings are put, changed, read, listed and deleted", async () => {
  await makeFunction(at, "settings", { "index.js": "exports.handler = async () => 1" });
  const put = (more: object): Promise<unknown> =>
    at.lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: "settings", ...more }));
  expect(await put({ MaximumEventAgeInSeconds: 60 })).toMatchObject({
    FunctionArn: arn("settings:$LATEST"),
    MaximumEventAgeInSeconds: 60,
    DestinationConfig: { OnSuccess: {}, OnFailure: {} },
  });
  expect(
    await at.lambda.send(
      new UpdateFunctionEventInvokeConfigCommand({ FunctionName: "settings", MaximumRetryAttempts: 1 }),
    ),
  ).toMatchObject({ MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 1 });
  expect(await at.lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: "settings" }))).toMatchObject({
    MaximumRetryAttempts: 1,
    LastModified: expect.any(Date),
  });
  expect(
    (await at.lambda.send(new ListFunctionEventInvokeConfigsCommand({ FunctionName: "settings" })))
      .FunctionEventInvokeConfigs,
  ).toHaveLength(1);
  await expect(put({})).rejects.toMatchObject({
    message: "You must specify at least one of error handling or destination setting.",
  });
  await expect(put({ DestinationConfig: { OnSuccess: { Destination: arn("ghost") } } })).rejects.toMatchObject({
    message: `The destination ARN ${arn("ghost")} is invalid.`,
  });
  await expect(put({ DestinationConfig: { OnSuccess: { Destination: arn("settings") } } })).rejects.toMatchObject({
    message: "You can't specify the function as a destination for itself.",
  });
  await at.lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName: "settings" }));
  await expect(
    at.lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: "settings" })),
  ).rejects.toMatchObject({ message: `The function ${arn("settings:$LATEST")} doesn't have an EventInvokeConfig` });
});

test("a result goes to the success destination", async () => {
  await makeFunction(at, "succeeds", { "index.js": "exports.handler = async (event) => ({ got: event })" });
  await at.lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: "succeeds",
      DestinationConfig: { OnSuccess: { Destination: results } },
    }),
  );
  await run(at, "succeeds", { a: 1 }, { InvocationType: "Event" });
  await at.cloud.settle();
  expect(await received()).toEqual([
    {
      body: {
        version: "1.0",
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        requestContext: {
          requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          functionArn: arn("succeeds:$LATEST"),
          condition: "Success",
          approximateInvokeCount: 1,
        },
        requestPayload: { a: 1 },
        responseContext: { statusCode: 200, executedVersion: "$LATEST" },
        responsePayload: { got: { a: 1 } },
      },
      attributes: undefined,
    },
  ]);
});

test("a failing event is tried again after one and after two minutes, then goes to the dead letter queue", async () => {
  await makeFunction(
    at,
    "retries",
    {
      "index.js":
        "exports.handler = async (event, context) => { console.log('TRY ' + context.awsRequestId); throw new Error('intentional') }",
    },
    { DeadLetterConfig: { TargetArn: results } },
  );
  await run(at, "retries", { a: 2 }, { InvocationType: "Event" });
  const tries = async (): Promise<string[]> =>
    (await logOf(at, "retries")).flatMap((line) => (line.includes("TRY ") ? [line.trim().slice(-36)] : []));
  await at.cloud.settle();
  expect(await tries()).toHaveLength(1);
  await at.cloud.clock.advance("60 seconds");
  expect(await tries()).toHaveLength(2);
  await at.cloud.clock.advance("119 seconds");
  expect(await tries()).toHaveLength(2);
  await at.cloud.clock.advance("1 second");
  const all = await tries();
  expect([all.length, new Set(all).size]).toEqual([3, 1]);
  expect(await received()).toEqual([
    {
      body: { a: 2 },
      attributes: {
        RequestID: { DataType: "String", StringValue: all[0] },
        ErrorCode: { DataType: "Number", StringValue: "200" },
        ErrorMessage: { DataType: "String", StringValue: "intentional" },
      },
    },
  ]);
});

test("without retries the failure destination is told at once", async () => {
  await makeFunction(at, "once", { "index.js": "exports.handler = async () => { throw new Error('no') }" });
  await at.lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: "once",
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: results } },
    }),
  );
  await run(at, "once", {}, { InvocationType: "Event" });
  await at.cloud.settle();
  expect(await received()).toMatchObject([
    {
      body: {
        requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 1 },
        responseContext: { functionError: "Unhandled" },
        responsePayload: { errorType: "Error", errorMessage: "no" },
      },
    },
  ]);
});
