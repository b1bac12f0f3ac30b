// Powertools for AWS Lambda (Python), deployed and called, where pip can install it: logger, metrics, batch, event handler, idempotency.

import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { logOf, makeFunction, run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";
import { pipPackage, type Files } from "./test-pip.ts";

const PACKAGE = "aws-lambda-powertools==3.37.0";

const files = await pipPackage(PACKAGE);
const missing = typeof files === "string" ? `: skipped, pip cannot install ${PACKAGE} (${files})` : "";

const SOURCE = `from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import LambdaFunctionUrlResolver
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer, idempotent

logger = Logger()
metrics = Metrics(namespace="shop")
app = LambdaFunctionUrlResolver()
count = 0

@app.get("/orders/<order>")
def order(order):
    return {"order": order}

def routes(event, context):
    return app.resolve(event, context)

@logger.inject_lambda_context
@metrics.log_metrics(capture_cold_start_metric=True)
def logs(event, context):
    logger.info("called", extra={"order": event["order"]})
    metrics.add_metric(name="orders", unit=MetricUnit.Count, value=2)
    return "done"

def take(record):
    if record.body == "bad":
        raise ValueError("no")

def batch(event, context):
    return process_partial_response(event, take, BatchProcessor(event_type=EventType.SQS), context)

@idempotent(persistence_store=DynamoDBPersistenceLayer(table_name="idempotency"))
def once(event, context):
    global count
    count += 1
    return {"order": event["order"], "count": count}
`;

describe.skipIf(typeof files === "string")(`Powertools for Python${missing}`, () => {
  let at: LambdaCloud;
  beforeAll(async () => {
    at = await startLambdaCloud("powertools-python");
    for (const name of ["logs", "routes", "batch", "once"])
      await makeFunction(
        at,
        name,
        { ...(files as Files), "app.py": SOURCE },
        {
          Runtime: "python3.13",
          Handler: `app.${name}`,
          Timeout: 30,
          MemorySize: 256,
          Environment: { Variables: { POWERTOOLS_SERVICE_NAME: name } },
        },
      );
  });
  afterAll(async () => {
    expect(at.cloud.bugs).toEqual([]);
    await at.cloud.close();
  });

  test("the logger and metrics write what they write on AWS", async () => {
    const { json, $metadata } = await run(at, "logs", { order: 7 });
    expect(json).toBe("done");
    const records = (await logOf(at, "logs")).filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
    expect(records.find(({ message }) => message === "called")).toMatchObject({
      order: 7,
      service: "logs",
      cold_start: true,
      function_request_id: $metadata.requestId,
      xray_trace_id: expect.stringMatching(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/),
    });
    expect(records.filter(({ _aws }) => _aws !== undefined)).toMatchObject([{ ColdStart: [1] }, { orders: [2] }]);
  });

  test("the event handler routes a function URL's event", async () => {
    const http = { method: "GET", path: "/orders/7" };
    const event = { version: "2.0", rawPath: http.path, headers: {}, requestContext: { stage: "$default", http } };
    expect((await run(at, "routes", event)).json).toMatchObject({ statusCode: 200, body: '{"order":"7"}' });
  });

  test("a batch tells which messages failed", async () => {
    const Records = ["good", "bad"].map((body) => ({ messageId: body, body, eventSource: "aws:sqs" }));
    expect((await run(at, "batch", { Records })).json).toEqual({ batchItemFailures: [{ itemIdentifier: "bad" }] });
  });

  test("an idempotent handler runs once for the same event", async () => {
    await new DynamoDBClient(at.cloud.clientConfig()).send(
      new CreateTableCommand({
        TableName: "idempotency",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      }),
    );
    const answers = [];
    for (const order of [1, 1, 2]) answers.push((await run(at, "once", { order })).json);
    expect(answers).toEqual([
      { order: 1, count: 1 },
      { order: 1, count: 1 },
      { order: 2, count: 2 },
    ]);
  });
});
