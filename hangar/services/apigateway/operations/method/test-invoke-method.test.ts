// TestInvokeMethod, as recorded from AWS.

import { TestInvokeMethodCommand, GetResourcesCommand } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addRoutes, makeApi, makeFunction, proxyTo, startApiCloud, type ApiCloud } from "../../http/test-api.ts";

let at: ApiCloud;
let restApiId: string;
let resources: Map<string | undefined, string | undefined>;

beforeAll(async () => {
  at = await startApiCloud("apigateway-test-invoke");
  const echo = await makeFunction(at, "echo", "return { statusCode: 200, body: JSON.stringify(event) };");
  restApiId = await makeApi(at);
  const json = (template: string) => ({ "application/json": template });
  await addRoutes(at, restApiId, {
    "GET /pets/{id}": {
      integration: { type: "MOCK", requestTemplates: json('{"statusCode": 200}') },
      responses: { "200": { responseTemplates: json('{"petId": "$input.params(\'id\')"}') } },
    },
    "POST /echo": proxyTo(echo),
    "GET /broken": { integration: { ...proxyTo(echo).integration, integrationHttpMethod: "GET" } },
  });
  const { items = [] } = await at.gateway.send(new GetResourcesCommand({ restApiId }));
  resources = new Map(items.map((item) => [item.path, item.id]));
});

afterAll(() => at.cloud.close());

const invoke = async (route: string, more: object = {}) => {
  const [httpMethod, path] = route.split(" ");
  const command = new TestInvokeMethodCommand({ restApiId, resourceId: resources.get(path), httpMethod, ...more });
  return at.gateway.send(command);
};

test("a method is tried without being deployed, and its log comes with the answer", async () => {
  const {
    status,
    body,
    headers,
    multiValueHeaders,
    log = "",
  } = await invoke("GET /pets/{id}", {
    pathWithQueryString: "/pets/123",
  });
  expect({ status, body, headers, multiValueHeaders }).toEqual({
    status: 200,
    body: '{"petId": "123"}',
    headers: { "Content-Type": "application/json" },
    multiValueHeaders: { "Content-Type": ["application/json"] },
  });
  const [first = "", ...lines] = log.split("\n");
  const id = first.replace("Execution log for request ", "");
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(lines.every((line) => line === "" || /^\w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4} : /.test(line))).toBe(true);
  expect(lines.map((line) => line.slice(31))).toEqual([
    `Starting execution for request: ${id}`,
    "HTTP Method: GET, Resource Path: /pets/123",
    "Method request path: {id=123}",
    "Method request query string: {}",
    "Method request headers: {}",
    "Method request body before transformations: ",
    'Method response body after transformations: {"petId": "123"}',
    "Method response headers: {Content-Type=application/json}",
    "Successfully completed execution",
    "Method completed with status: 200",
    "",
  ]);
});

test("a function sees the test's stage, variables, headers and body", async () => {
  const { body = "" } = await invoke("POST /echo", {
    pathWithQueryString: "/echo?a=1",
    body: "hello",
    headers: { "X-One": "1" },
    stageVariables: { name: "value" },
  });
  expect(JSON.parse(body)).toMatchObject({
    body: "hello",
    headers: { "X-One": "1" },
    queryStringParameters: { a: "1" },
    stageVariables: { name: "value" },
    requestContext: { stage: "test-invoke-stage", identity: { sourceIp: "test-invoke-source-ip" } },
  });
});

test("what fails is told in the log", async () => {
  const { status, body, headers, log } = await invoke("GET /broken");
  expect([status, body, headers?.["x-amzn-ErrorType"]]).toEqual([
    500,
    '{"message": "Internal server error"}',
    "InternalServerErrorException",
  ]);
  expect(log).toContain("Execution failed due to configuration error: Invalid endpoint address");
});

test("a method that is not there is not found", async () => {
  await expect(invoke("POST /pets/{id}")).rejects.toMatchObject({ name: "NotFoundException" });
});
