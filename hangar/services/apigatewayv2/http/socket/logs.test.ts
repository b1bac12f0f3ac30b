// What the stage of a WebSocket API writes to CloudWatch Logs.

import { once } from "node:events";
import { APIGatewayClient, UpdateAccountCommand } from "@aws-sdk/client-api-gateway";
import { CreateModelCommand, UpdateStageCommand, type RouteSettings } from "@aws-sdk/client-apigatewayv2";
import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeFunctionAt, makeRole } from "../../../../gateway/test-api-calls.ts";
import { addRoute } from "../test-http-api.ts";
import {
  asked,
  closeSocketCloud,
  integrationOf,
  open,
  proxy,
  socketApi,
  startSocketCloud,
  twoWay,
  urlOf,
  type SocketCloud,
} from "./test-socket-api.ts";

let at: SocketCloud;
let ApiId: string;
let logs: CloudWatchLogsClient;
let echo: string;

const account = (value: string) =>
  new APIGatewayClient(at.cloud.clientConfig()).send(
    new UpdateAccountCommand({ patchOperations: [{ op: "replace", path: "/cloudwatchRoleArn", value }] }),
  );

beforeAll(async () => {
  at = await startSocketCloud("apigatewayv2-socket-logs");
  logs = new CloudWatchLogsClient(at.cloud.clientConfig());
  echo = await makeFunctionAt(at, "echo", "return { statusCode: 200, body: event.body };");
  ApiId = await socketApi(at);
  await expect(settings({ LoggingLevel: "INFO" })).rejects.toMatchObject({
    name: "BadRequestException",
    message: "CloudWatch Logs role ARN must be set in account settings to enable logging",
  });
  await account(await makeRole(at, "logger", "apigateway.amazonaws.com"));
});

beforeEach(async () => {
  ApiId = await socketApi(at);
});

afterAll(() => closeSocketCloud(at));

function settings(DefaultRouteSettings: RouteSettings) {
  return at.gateway.send(new UpdateStageCommand({ ApiId, StageName: "live", DefaultRouteSettings }));
}

async function linesOf(logGroupName = `/aws/apigateway/${ApiId}/live`): Promise<string[]> {
  await at.cloud.settle();
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
  return events.map((event) => event.message ?? "");
}

/** Without the id of the request, which begins each line. */
const said = (lines: readonly string[]) => lines.map((line) => line.replace(/^\([A-Za-z0-9]{15}=\) /, ""));

test("the level INFO tells of a connection, its messages and its end, bodies with data tracing alone", async () => {
  await settings({ LoggingLevel: "INFO" });
  const mock = await integrationOf(at, ApiId, { IntegrationType: "MOCK" }, { $default: "$context.connectionId" });
  await twoWay(at, ApiId, mock, { RouteKey: "$default" });
  await twoWay(at, ApiId, await proxy(at, ApiId, echo), { RouteKey: "say" });
  const socket = await open(at, urlOf(at, ApiId), { headers: { "User-Agent": "tester" } });
  const client = `[Connection Id: ${await asked(socket, "who")}]`;
  await asked(socket, { action: "say", text: "secret" });
  const before = said(await linesOf());
  expect(before.join()).not.toContain("secret");
  expect(before.filter((line) => !/Request Id|Starting execution|Integration latency/.test(line))).toEqual([
    "WebSocket Request Route: [$connect]",
    `Client [UserAgent: tester, SourceIp: 127.0.0.1] is connecting to WebSocket API [${ApiId}].`,
    `Client ${client} connected to API [${ApiId}] successfully.`,
    "WebSocket Request Route: [$default]",
    `WebSocket API [${ApiId}] received message from client ${client}.`,
    "WebSocket Request Route: [say]",
    `WebSocket API [${ApiId}] received message from client ${client}.`,
    `Message from client ${client} sent to API [${ApiId}] with response status code [200].`,
  ]);
  await settings({ LoggingLevel: "INFO", DataTraceEnabled: true });
  await asked(socket, { action: "say", text: "secret" });
  expect((await linesOf()).join()).toMatch(/Endpoint request body after transformations: .*secret/);
  socket.close(1000, "bye");
  await once(socket, "close");
  expect(said(await linesOf()).at(-1)).toBe(
    `Client ${client} disconnected from API [${ApiId}]. Close reason: [1000: bye]`,
  );
});

test("the level ERROR writes failures alone, and why", async () => {
  await settings({ LoggingLevel: "ERROR" });
  await at.gateway.send(new CreateModelCommand({ ApiId, Name: "Text", Schema: '{"required":["text"]}' }));
  const mock = await integrationOf(at, ApiId, { IntegrationType: "MOCK" }, { $default: "fine" });
  const model = { ModelSelectionExpression: "$default", RequestModels: { $default: "Text" } };
  await twoWay(at, ApiId, mock, { RouteKey: "$default", ...model });
  await addRoute(at, ApiId, await integrationOf(at, ApiId, { IntegrationType: "AWS", IntegrationUri: "arn:none" }), {
    RouteKey: "wrong",
  });
  const socket = await open(at, urlOf(at, ApiId));
  await asked(socket, { text: "1" });
  await asked(socket, {});
  await asked(socket, { action: "wrong" });
  expect(said(await linesOf())).toEqual([
    'Request body does not match model schema for content type application/json: [object has missing required properties (["text"])]',
    "Execution failed due to configuration error: The integration is not configured as the service needs it",
  ]);
});

test("an access log has a line for each event", async () => {
  const DestinationArn = "arn:aws:logs:us-east-1:000000000000:log-group:access";
  await logs.send(new CreateLogGroupCommand({ logGroupName: "access" }));
  const Format =
    "$context.requestId $context.eventType $context.routeKey $context.status $context.integration.status $context.error.message";
  await at.gateway.send(
    new UpdateStageCommand({ ApiId, StageName: "live", AccessLogSettings: { DestinationArn, Format } }),
  );
  await twoWay(at, ApiId, await proxy(at, ApiId, echo), { RouteKey: "say" });
  const socket = await open(at, urlOf(at, ApiId));
  await asked(socket, { action: "say" });
  await asked(socket, "nothing");
  expect((await linesOf("access")).map((line) => line.slice(17))).toEqual([
    "CONNECT $connect 200 - -",
    "MESSAGE say 200 200 -",
    "MESSAGE $default 403 - Forbidden",
  ]);
});
