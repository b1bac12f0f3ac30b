// What a stage writes to CloudWatch Logs, and payload compression.

import { gunzipSync, gzipSync } from "node:zlib";
import {
  CreateBasePathMappingCommand,
  CreateDomainNameCommand,
  UpdateAccountCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  addRoutes,
  callApi,
  deploy,
  makeApi,
  makeFunction,
  makeRole,
  proxyTo,
  startApiCloud,
  type ApiCloud,
} from "./test-api.ts";

let at: ApiCloud;
let id: string;
let logs: CloudWatchLogsClient;

beforeAll(async () => {
  at = await startApiCloud("apigateway-logs");
  logs = new CloudWatchLogsClient(at.cloud.clientConfig());
  const echo = await makeFunction(at, "echo", "return { statusCode: 200, body: event.body ?? 'none' };");
  const fails = await makeFunction(at, "fails", "throw new Error('boom');");
  id = await makeApi(at, { minimumCompressionSize: 100 });
  await addRoutes(at, id, { "POST /echo/{name}": proxyTo(echo), "GET /fails": proxyTo(fails) });
  await deploy(at, id);
  const cloudWatchRoleArn = await makeRole(at, "logger", "apigateway.amazonaws.com");
  await at.gateway.send(
    new UpdateAccountCommand({
      patchOperations: [{ op: "replace", path: "/cloudwatchRoleArn", value: cloudWatchRoleArn }],
    }),
  );
  await logs.send(new CreateLogGroupCommand({ logGroupName: "access" }));
});

afterAll(() => at.cloud.close());

const set = (path: string, value: string) => ({ op: "replace" as const, path, value });
const change = (...patchOperations: ReturnType<typeof set>[]) =>
  at.gateway.send(new UpdateStageCommand({ restApiId: id, stageName: "live", patchOperations }));

async function linesOf(logGroupName: string): Promise<string[]> {
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
  return events.map((event) => event.message ?? "");
}

test("a stage's access log has a line for each request, refusals included", async () => {
  await change(
    set("/accessLogSettings/destinationArn", "arn:aws:logs:us-east-1:000000000000:log-group:access"),
    set(
      "/accessLogSettings/format",
      '{"id":"$context.requestId","status":"$context.status","path":"$context.resourcePath","length":"$context.responseLength","who":"$context.authorizer.principalId","error":"$context.error.message","integration":"$context.integration.status","base":"$context.customDomain.basePathMatched","endpoint":"$context.endpointType"}',
    ),
  );
  const answered = await callApi(at, id, "POST /live/echo/ada", { body: "hello" });
  await callApi(at, id, "GET /live/nowhere");
  const [first, second] = (await linesOf("access")).map((line) => JSON.parse(line) as Record<string, string>);
  expect(first).toEqual({
    id: answered.headers["x-amzn-requestid"],
    status: "200",
    path: "/echo/{name}",
    length: "5",
    who: "-",
    error: "-",
    integration: "200",
    base: "-",
    endpoint: "EDGE",
  });
  expect(second).toMatchObject({ status: "403", path: "-", error: "Missing Authentication Token", integration: "-" });
});

test("an access log knows the base path of a custom domain name", async () => {
  const domainName = "logs.example.com";
  await at.gateway.send(new CreateDomainNameCommand({ domainName, endpointConfiguration: { types: ["REGIONAL"] } }));
  await at.gateway.send(new CreateBasePathMappingCommand({ domainName, basePath: "v1", restApiId: id, stage: "live" }));
  await callApi(at, domainName, "GET /v1/nowhere");
  expect(JSON.parse((await linesOf("access")).at(-1) ?? "")).toMatchObject({ base: "v1", status: "403" });
});

test("an execution log tells what was done, bodies with data tracing alone", async () => {
  const group = `API-Gateway-Execution-Logs_${id}/live`;
  await change(set("/*/*/logging/loglevel", "INFO"));
  await callApi(at, id, "POST /live/echo/ada?q=1", { body: "secret" });
  const lines = await linesOf(group);
  expect(lines.every((line) => /^\([0-9a-f-]{36}\) /.test(line))).toBe(true);
  const said = lines.map((line) => line.slice(39));
  expect(said).toContain("HTTP Method: POST, Resource Path: /echo/ada");
  expect(said).toContain("Method request path: {name=ada}");
  expect(said.at(-1)).toBe("Method completed with status: 200");
  expect(said.join()).not.toContain("secret");
  await change(set("/*/*/logging/dataTrace", "true"));
  await callApi(at, id, "POST /live/echo/ada", { body: "secret" });
  const traced = (await linesOf(group)).slice(lines.length).map((line) => line.slice(39));
  expect(traced).toContain("Method request body before transformations: secret");
  const endpoint = traced.filter((line) => /^(Endpoint|Sending)/.test(line)).map((line) => line.split(":")[0]);
  expect(endpoint).toEqual([
    "Endpoint request URI",
    "Endpoint request headers",
    "Endpoint request body after transformations",
    "Sending request to https",
    "Endpoint response headers",
    "Endpoint response body before transformations",
  ]);
  expect(traced).toContain('Endpoint response body before transformations: {"statusCode":200,"body":"secret"}');
});

test("the level ERROR writes failures alone", async () => {
  const group = `API-Gateway-Execution-Logs_${id}/live`;
  await change(set("/*/*/logging/loglevel", "ERROR"));
  const before = (await linesOf(group)).length;
  await callApi(at, id, "POST /live/echo/ada", { body: "x" });
  expect(await linesOf(group)).toHaveLength(before);
  await callApi(at, id, "GET /live/fails");
  const after = await linesOf(group);
  expect(after).toHaveLength(before + 1);
  expect(after.at(-1)).toContain("Execution failed due to configuration error: Malformed Lambda proxy response");
});

test("answers of the minimum size are compressed for those who take it", async () => {
  const body = "x".repeat(100);
  const packed = await callApi(at, id, "POST /live/echo/a", { body, headers: { "Accept-Encoding": "br, gzip;q=0.5" } });
  expect([packed.headers["content-encoding"], gunzipSync(packed.bytes).toString()]).toEqual(["gzip", body]);
  const plain = await callApi(at, id, "POST /live/echo/a", { body });
  const short = await callApi(at, id, "POST /live/echo/a", { body: "x", headers: { "Accept-Encoding": "gzip" } });
  expect([plain.text, short.text]).toEqual([body, "x"]);
});

test("compressed bodies reach the function as they were", async () => {
  const headers = { "Content-Encoding": "gzip" };
  expect((await callApi(at, id, "POST /live/echo/a", { body: gzipSync("hello"), headers })).text).toBe("hello");
});
