// One request through six services and five functions is one tree, and carries one X-Ray root.

import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from "@aws-sdk/client-api-gateway";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { AddPermissionCommand, CreateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask } from "../gateway/test-cloud.ts";
import { makeFunction, startLambdaCloud, type LambdaCloud } from "../services/lambda/engine/test-cloud.ts";

let at: LambdaCloud;
beforeAll(async () => {
  at = await startLambdaCloud("trace");
});
afterAll(() => at.cloud.close());

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

async function handler(name: string, sdk: string, body: string, invoker?: string): Promise<void> {
  const code = `${sdk}
export const handler = async (event) => {
  console.log("${name} " + process.env._X_AMZN_TRACE_ID);
  ${body}
};`;
  await makeFunction(at, name, { "index.mjs": code });
  if (invoker !== undefined)
    await at.lambda.send(
      new AddPermissionCommand({
        FunctionName: name,
        StatementId: "invoke",
        Action: "lambda:InvokeFunction",
        Principal: invoker,
      }),
    );
}

async function api(): Promise<string> {
  const client = new APIGatewayClient(at.cloud.clientConfig());
  const { id: restApiId, rootResourceId: resourceId } = await client.send(new CreateRestApiCommand({ name: "front" }));
  const method = { restApiId, resourceId, httpMethod: "GET" };
  await client.send(new PutMethodCommand({ ...method, authorizationType: "NONE" }));
  const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arnOf("front")}/invocations`;
  await client.send(new PutIntegrationCommand({ ...method, type: "AWS_PROXY", integrationHttpMethod: "POST", uri }));
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: "live" }));
  return `${restApiId}.execute-api.localhost:${at.cloud.port}`;
}

async function application(): Promise<string> {
  const config = at.cloud.clientConfig();
  const { QueueUrl } = await new SQSClient(config).send(new CreateQueueCommand({ QueueName: "jobs" }));
  const { TopicArn } = await new SNSClient(config).send(new CreateTopicCommand({ Name: "news" }));
  const { TableDescription } = await new DynamoDBClient(config).send(
    new CreateTableCommand({
      TableName: "things",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      BillingMode: "PAY_PER_REQUEST",
      StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
    }),
  );
  await handler(
    "front",
    `import { SQSClient, SendMessageCommand } from "@aws-sdk/client-sqs";`,
    `await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: "${QueueUrl}", MessageBody: "job" })); return { statusCode: 200, body: "" };`,
    "apigateway.amazonaws.com",
  );
  await handler(
    "worker",
    `import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";`,
    `console.log(event.Records[0].attributes.AWSTraceHeader);
     await new DynamoDBClient({}).send(new PutItemCommand({ TableName: "things", Item: { id: { S: "1" } } }));`,
  );
  await handler(
    "projector",
    `import { SNSClient, PublishCommand } from "@aws-sdk/client-sns";`,
    `await new SNSClient({}).send(new PublishCommand({ TopicArn: "${TopicArn}", Message: "new" }));`,
  );
  await handler(
    "listener",
    `import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";`,
    `await new EventBridgeClient({}).send(new PutEventsCommand({ Entries: [{ Source: "app", DetailType: "done", Detail: "{}" }] }));`,
    "sns.amazonaws.com",
  );
  await handler("last", "", "", "events.amazonaws.com");
  const sources = [
    { FunctionName: "worker", EventSourceArn: "arn:aws:sqs:us-east-1:000000000000:jobs" },
    {
      FunctionName: "projector",
      EventSourceArn: TableDescription?.LatestStreamArn,
      StartingPosition: "LATEST" as const,
    },
  ];
  for (const source of sources) await at.lambda.send(new CreateEventSourceMappingCommand(source));
  await new SNSClient(config).send(new SubscribeCommand({ TopicArn, Protocol: "lambda", Endpoint: arnOf("listener") }));
  const events = new EventBridgeClient(config);
  await events.send(new PutRuleCommand({ Name: "done", EventPattern: '{"source":["app"]}' }));
  await events.send(new PutTargetsCommand({ Rule: "done", Targets: [{ Id: "last", Arn: arnOf("last") }] }));
  await at.cloud.settle();
  return api();
}

test("an API's request, its functions, messages, records and events are one tree with one root", async () => {
  const host = await application();
  const before = at.cloud.trace.spans().at(-1)?.id ?? 0;
  const root = "Root=1-65a1b2c3-0123456789abcdef01234567";
  const answer = await ask(at.cloud, "GET", "/live/", { headers: { host, "x-amzn-trace-id": root } });
  expect(answer.status).toBe(200);
  await at.cloud.settle();
  const spans = at.cloud.trace.spans().filter(({ id }) => id > before);
  const last = spans.find(({ kind, name }) => kind === "invocation" && name === "last:$LATEST");
  const path: string[] = [];
  for (let span = last; span !== undefined; span = spans.find(({ id }) => id === span?.parent)) path.unshift(span.name);
  expect(path.filter((name) => /^(GET|sqs:SendM|dynamodb:P|sns:P|events:P|\w+:\$LATEST)/.test(name))).toEqual([
    expect.stringMatching(/^GET .*execute-api/) as string,
    "front:$LATEST",
    "sqs:SendMessage",
    "worker:$LATEST",
    "dynamodb:PutItem",
    "projector:$LATEST",
    "sns:Publish",
    "listener:$LATEST",
    "events:PutEvents",
    "last:$LATEST",
  ]);
  const logs = spans.flatMap(({ attributes }) => (attributes["logs"] as string[] | undefined) ?? []);
  const headers = logs.flatMap(
    (line) => /Root=\S+;Parent=[0-9a-f]{16};Sampled=0(?=;Lineage=[0-9a-f:|]+$|$)/.exec(line)?.[0] ?? [],
  );
  expect(headers).toHaveLength(6);
  for (const header of headers) expect(header).toContain(`${root};`);
  const ids = at.cloud.trace.otlp().resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
  expect(ids.find(({ name }) => name === "last:$LATEST")?.traceId).toBe("65a1b2c30123456789abcdef01234567");
  expect(at.cloud.trace.print()).toMatch(/└ invocation last:\$LATEST \+.* ms\n +> .*last Root=1-65a1b2c3-/);
});
