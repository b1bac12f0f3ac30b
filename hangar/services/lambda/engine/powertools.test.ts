// Powertools for AWS Lambda (TypeScript), deployed and called: logger, tracer, metrics, parameters, idempotency, batch, event handler.

import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundled } from "./test-bundle.ts";
import { logOf, makeFunction, run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";

let at: LambdaCloud;
beforeAll(async () => {
  at = await startLambdaCloud("powertools");
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

async function deploy(name: string, source: string, variables: Record<string, string> = {}): Promise<void> {
  const Variables = { POWERTOOLS_SERVICE_NAME: name, ...variables };
  await makeFunction(at, name, await bundled(source), { Timeout: 20, MemorySize: 256, Environment: { Variables } });
}

const recordsOf = async (name: string): Promise<Record<string, unknown>[]> =>
  (await logOf(at, name)).filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));

test("the logger writes its context, and knows the cold start", async () => {
  await deploy(
    "logs",
    `import { Logger } from "@aws-lambda-powertools/logger";
const logger = new Logger();
export const handler = async (event, context) => {
  logger.addContext(context);
  logger.info("called", { order: event.order });
  return "done";
};`,
  );
  const { $metadata } = await run(at, "logs", { order: 7 });
  await run(at, "logs", { order: 8 });
  const [first, second] = await recordsOf("logs");
  expect(first).toMatchObject({
    level: "INFO",
    message: "called",
    order: 7,
    service: "logs",
    cold_start: true,
    function_name: "logs",
    function_memory_size: "256",
    function_request_id: $metadata.requestId,
    xray_trace_id: expect.stringMatching(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/),
  });
  expect(second).toMatchObject({ order: 8, cold_start: false });
});

test("the tracer finds the segment of its invocation, and metrics are written as embedded metrics", async () => {
  await deploy(
    "measures",
    `import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { Tracer } from "@aws-lambda-powertools/tracer";
const tracer = new Tracer();
const metrics = new Metrics({ namespace: "shop" });
export const handler = async () => {
  const segment = tracer.getSegment();
  const part = segment.addNewSubsegment("### work");
  tracer.setSegment(part);
  tracer.putAnnotation("kind", "test");
  part.close();
  tracer.setSegment(segment);
  metrics.captureColdStartMetric();
  metrics.addMetric("orders", MetricUnit.Count, 2);
  metrics.publishStoredMetrics();
  return { root: tracer.getRootXrayTraceId(), header: process.env._X_AMZN_TRACE_ID };
};`,
  );
  const { json } = await run(at, "measures");
  const { root, header } = json as { readonly root: string; readonly header: string };
  expect(header).toContain(`Root=${root};`);
  const metrics = (await recordsOf("measures")).filter((record) => record["_aws"] !== undefined);
  expect(metrics).toMatchObject([
    { ColdStart: 1, service: "measures", _aws: { CloudWatchMetrics: [{ Namespace: "shop" }] } },
    { orders: 2, _aws: { CloudWatchMetrics: [{ Metrics: [{ Name: "orders", Unit: "Count" }] }] } },
  ]);
});

test("parameters come from SSM and Secrets Manager", async () => {
  const config = at.cloud.clientConfig();
  await new SSMClient(config).send(
    new PutParameterCommand({ Name: "/shop/rate", Value: '{"rate":3}', Type: "SecureString" }),
  );
  await new SecretsManagerClient(config).send(new CreateSecretCommand({ Name: "token", SecretString: "hidden" }));
  await deploy(
    "parameters",
    `import { getParameter } from "@aws-lambda-powertools/parameters/ssm";
import { getSecret } from "@aws-lambda-powertools/parameters/secrets";
export const handler = async () => ({
  rate: await getParameter("/shop/rate", { decrypt: true, transform: "json" }),
  token: await getSecret("token"),
});`,
  );
  expect((await run(at, "parameters")).json).toEqual({ rate: { rate: 3 }, token: "hidden" });
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
  await deploy(
    "once",
    `import { makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
let count = 0;
export const handler = makeIdempotent(async ({ order }) => ({ order, count: (count += 1) }), {
  persistenceStore: new DynamoDBPersistenceLayer({ tableName: "idempotency" }),
});`,
  );
  const answers = [];
  for (const order of [1, 1, 2]) answers.push((await run(at, "once", { order })).json);
  expect(answers).toEqual([
    { order: 1, count: 1 },
    { order: 1, count: 1 },
    { order: 2, count: 2 },
  ]);
});

test("a batch keeps only the messages that failed in the queue", async () => {
  const sqs = new SQSClient(at.cloud.clientConfig());
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: "orders", Attributes: { VisibilityTimeout: "60" } }),
  );
  await deploy(
    "batch",
    `import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
const processor = new BatchProcessor(EventType.SQS);
const take = async ({ body }) => {
  if (body === "bad") throw new Error("no");
};
export const handler = async (event, context) => processPartialResponse(event, take, processor, { context });`,
  );
  await at.lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: "batch",
      EventSourceArn: `arn:aws:sqs:us-east-1:${at.cloud.account}:orders`,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    }),
  );
  const Entries = ["good", "bad", "fine"].map((MessageBody) => ({ Id: MessageBody, MessageBody }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  await at.cloud.settle();
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
  expect(Attributes).toMatchObject({
    ApproximateNumberOfMessages: "0",
    ApproximateNumberOfMessagesNotVisible: "1",
  });
});

test("the event handler routes an HTTP API's event", async () => {
  await deploy(
    "routes",
    `import { Router } from "@aws-lambda-powertools/event-handler/http";
const app = new Router();
app.get("/orders/:id", async ({ params }) => ({ id: params.id }));
export const handler = async (event, context) => app.resolve(event, context);`,
  );
  const event = (path: string): object => ({
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: "",
    headers: { host: "example.test" },
    requestContext: {
      http: { method: "GET", path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
      domainName: "example.test",
      stage: "$default",
      requestId: "one",
      routeKey: "$default",
      accountId: "000000000000",
      apiId: "api",
      domainPrefix: "api",
      time: "01/Jan/2026:00:00:00 +0000",
      timeEpoch: 0,
    },
    isBase64Encoded: false,
  });
  const { json } = await run(at, "routes", event("/orders/7"));
  expect(json).toMatchObject({ statusCode: 200, body: '{"id":"7"}' });
  expect((await run(at, "routes", event("/nowhere"))).json).toMatchObject({ statusCode: 404 });
});
