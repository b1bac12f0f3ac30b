// Lambda proxy integrations, through real functions and real sockets.

import { CreateDeploymentCommand } from "@aws-sdk/client-api-gateway";
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
let echo: string;
let id: string;

beforeAll(async () => {
  at = await startApiCloud("apigateway-proxy");
  echo = await makeFunction(at, "echo", "return { statusCode: 200, body: JSON.stringify(event) };");
  const answers = await makeFunction(at, "answers", "return JSON.parse(event.body);");
  const fails = await makeFunction(at, "fails", "throw new Error('boom');");
  const strangers = await makeFunction(at, "strangers", "return { statusCode: 200 };", false);
  id = await makeApi(at, { binaryMediaTypes: ["image/png"] });
  await addRoutes(at, id, {
    "GET /pets": proxyTo(echo),
    "ANY /pets/{petId}": proxyTo(echo),
    "GET /pets/new": proxyTo(echo),
    "ANY /files/{path+}": proxyTo(echo),
    "POST /answers": proxyTo(answers),
    "GET /mapped": {
      integration: {
        ...proxyTo(echo).integration,
        requestParameters: { "integration.request.header.X-New": "'new'", "integration.request.header.X-Old": "'new'" },
      },
    },
    "GET /authorization": {
      integration: {
        ...proxyTo(echo).integration,
        requestParameters: { "integration.request.header.Authorization": "'mine'" },
      },
    },
    "GET /fails": proxyTo(fails),
    "GET /strangers": proxyTo(strangers),
    "GET /wrong-method": { integration: { type: "AWS_PROXY", integrationHttpMethod: "GET", uri: echo } },
  });
  await deploy(at, id);
});

afterAll(() => at.cloud.close());

type Event = Record<string, unknown> & { requestContext: Record<string, unknown> };

test("a function gets the whole request as a proxy event", async () => {
  const { status, json, headers } = await callApi(at, id, "GET /live/pets?a=1&a=2&b=%20x", {
    headers: { "tEsT-HEADeR": "aValUE", "User-Agent": "suite", Multi: ["one", "two"] },
  });
  const event = json as Event;
  const { requestContext, headers: sent, multiValueHeaders, ...rest } = event;
  expect(status).toBe(200);
  expect(headers["content-type"]).toBe("application/json");
  expect(headers["x-amzn-requestid"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers["x-amz-apigw-id"]).toMatch(/^[A-Za-z0-9]{15}=$/);
  expect(rest).toEqual({
    resource: "/pets",
    path: "/pets",
    httpMethod: "GET",
    queryStringParameters: { a: "2", b: " x" },
    multiValueQueryStringParameters: { a: ["1", "2"], b: [" x"] },
    pathParameters: null,
    stageVariables: null,
    body: null,
    isBase64Encoded: false,
  });
  expect(sent).toMatchObject({ "tEsT-HEADeR": "aValUE", Multi: "two", "X-Forwarded-Proto": "http" });
  expect(multiValueHeaders).toMatchObject({ Multi: ["one", "two"] });
  expect(requestContext).toMatchObject({
    resourcePath: "/pets",
    httpMethod: "GET",
    path: "/live/pets",
    accountId: "000000000000",
    protocol: "HTTP/1.1",
    stage: "live",
    domainPrefix: id,
    apiId: id,
    identity: { sourceIp: "127.0.0.1", userAgent: "suite", userArn: null, accessKey: null },
  });
});

test.each([
  ["GET /live/pets/new", "/pets/new", null],
  ["GET /live/pets/7", "/pets/{petId}", { petId: "7" }],
  ["DELETE /live/pets/a%20b", "/pets/{petId}", { petId: "a%20b" }],
  ["PUT /live/files/a/b/c", "/files/{path+}", { path: "a/b/c" }],
])("%s is for %s", async (route, resource, pathParameters) => {
  const { json } = await callApi(at, id, route);
  expect(json).toMatchObject({ resource, pathParameters });
});

test.each(["GET /live/nowhere", "POST /live/pets", "GET /live", "GET /live/files"])(
  "%s was not deployed: Missing Authentication Token",
  async (route) => {
    const { status, text, headers } = await callApi(at, id, route);
    expect([status, text]).toEqual([403, '{"message":"Missing Authentication Token"}']);
    expect(headers["x-amzn-errortype"]).toBe("MissingAuthenticationTokenException");
  },
);

test.each([
  [{ host: "HOST.execute-api.us-east-1.amazonaws.com" }, "GET /live/pets"],
  [{ host: "HOST.execute-api.localhost.localstack.cloud:4566" }, "GET /live/pets"],
  [{ host: "HOST.execute-api.localhost:4566" }, "GET /live/pets"],
  [{ host: "localhost:4566" }, "GET /restapis/HOST/live/_user_request_/pets"],
])("an API answers at %j too", async ({ host }, route) => {
  const { status, json } = await callApi(at, id, route.replace("HOST", id), { host: host.replace("HOST", id) });
  expect([status, (json as Event)["path"]]).toEqual([200, "/pets"]);
});

test.each([
  ["GET //live/files/a", "/files/a", "/live/files/a", "a"],
  ["GET /live//files/a", "/files/a", "/live//files/a", "a"],
  ["GET /live/files/a/", "/files/a/", "/live/files/a/", "a"],
  ["GET /live/files/a//b", "/files/a//b", "/live/files/a//b", "a//b"],
  ["GET /live/files/a%2Bb/c+d", "/files/a%2Bb/c+d", "/live/files/a%2Bb/c+d", "a%2Bb/c+d"],
])("%s has the path %s, in its context %s", async (route, path, full, rest) => {
  const { json } = await callApi(at, id, route);
  expect(json).toMatchObject({ path, pathParameters: { path: rest }, requestContext: { path: full } });
});

test("what an integration maps does not reach the function", async () => {
  const { json } = await callApi(at, id, "GET /live/mapped", { headers: { "x-old": "old" } });
  const { headers } = json as { readonly headers: object };
  expect(headers).toMatchObject({ "x-old": "old" });
  expect(headers).not.toHaveProperty("X-New");
  expect(headers).not.toHaveProperty("X-Old");
  expect((await callApi(at, id, "GET /live/authorization")).status).toBe(500);
});

test("headers of the connection stay with it", async () => {
  const { json } = await callApi(at, id, "GET /live/pets", {
    headers: { TE: "trailers", Server: "y", "Max-Forwards": "2", Via: "1.1 me" },
  });
  const names = Object.keys((json as { headers: object }).headers).map((name) => name.toLowerCase());
  expect(names.toSorted()).toEqual([
    "host",
    "via",
    "x-amzn-trace-id",
    "x-forwarded-for",
    "x-forwarded-port",
    "x-forwarded-proto",
  ]);
});

test("a stage or an API that is not there is Forbidden", async () => {
  for (const route of ["GET /nope/pets", "GET /"]) {
    const { status, text, headers } = await callApi(at, id, route);
    expect([status, text, headers["x-amzn-errortype"]]).toEqual([403, '{"message":"Forbidden"}', "ForbiddenException"]);
  }
  expect((await callApi(at, "aaaaaaaaaa", "GET /live/pets")).status).toBe(403);
});

test("a method is there once it is deployed, not before", async () => {
  await addRoutes(at, id, { "GET /later": proxyTo(echo) });
  expect((await callApi(at, id, "GET /live/later")).status).toBe(403);
  await deploy(at, id);
  expect((await callApi(at, id, "GET /live/later")).status).toBe(200);
});

const ask = (answer: unknown) =>
  callApi(at, id, "POST /live/answers", {
    body: JSON.stringify(answer),
    headers: { "Content-Type": "application/json" },
  });

test.each([
  ["an object with unknown members", { statusCode: 200, extra: 1 }],
  ["an empty object", {}],
  ["a text", "hello"],
  ["a body that is no text", { statusCode: 200, body: { a: 1 } }],
  ["a status that is no number", { statusCode: "abc" }],
  ["headers that are no lists", { statusCode: 200, multiValueHeaders: { a: "b" } }],
])("%s is a malformed proxy response: 502", async (_what, answer) => {
  const { status, text } = await ask(answer);
  expect([status, text]).toEqual([502, '{"message": "Internal server error"}']);
});

test("headers of a function's answer arrive, those of the connection under another name", async () => {
  const { status, headers, text } = await ask({
    statusCode: "201",
    headers: { "X-One": "1", Server: "mine", "Content-Type": "text/plain", flag: true },
    multiValueHeaders: { "Set-Cookie": ["a=1", "b=2"] },
    body: "made",
  });
  expect([status, text]).toEqual([201, "made"]);
  expect(headers).toMatchObject({
    "x-one": "1",
    flag: "true",
    "x-amzn-remapped-server": "mine",
    "content-type": "text/plain",
    "set-cookie": ["a=1", "b=2"],
  });
});

test("base64 turns to bytes for those who accept a binary type first", async () => {
  const answer = { statusCode: 200, body: Buffer.from([1, 2, 255]).toString("base64"), isBase64Encoded: true };
  const accepting = (Accept: string) =>
    callApi(at, id, "POST /live/answers", {
      body: JSON.stringify({ ...answer, headers: { "Content-Type": "image/png" } }),
      headers: { "Content-Type": "application/json", Accept },
    });
  expect([...(await accepting("image/png,*/*")).bytes]).toEqual([1, 2, 255]);
  expect((await accepting("text/html,image/png")).text).toBe("AQL/");
  expect((await ask(answer)).text).toBe("AQL/");
});

test("a binary request body comes as base64", async () => {
  const { json } = await callApi(at, id, "POST /live/files/cat.png", {
    body: Buffer.from([0, 255, 7]),
    headers: { "Content-Type": "image/png" },
  });
  expect(json).toMatchObject({ body: "AP8H", isBase64Encoded: true });
});

test("an integration's role invokes in API Gateway's place, if it may", async () => {
  const api = await makeApi(at);
  const uri = await makeFunction(at, "hidden", "return { statusCode: 200, body: 'seen' };", false);
  const may = await makeRole(at, "may", "apigateway.amazonaws.com", ["lambda:InvokeFunction"]);
  const mayNot = await makeRole(at, "may-not", "apigateway.amazonaws.com", ["s3:*"]);
  const stranger = await makeRole(at, "stranger", "lambda.amazonaws.com", ["lambda:InvokeFunction"]);
  const as = (credentials: string) => ({ integration: { ...proxyTo(uri).integration, credentials } });
  await addRoutes(at, api, { "GET /may": as(may), "GET /may-not": as(mayNot), "GET /stranger": as(stranger) });
  await deploy(at, api);
  const statuses = [];
  for (const path of ["may", "may-not", "stranger"])
    statuses.push((await callApi(at, api, `GET /live/${path}`)).status);
  expect(statuses).toEqual([200, 500, 500]);
});

test("a stage's variable may name the function", async () => {
  const api = await makeApi(at);
  await addRoutes(at, api, { "GET /": proxyTo(echo.replace("function:echo", "function:${stageVariables.target}")) });
  const { gateway } = at;
  const variables = { target: "echo" };
  await gateway.send(new CreateDeploymentCommand({ restApiId: api, stageName: "live", variables }));
  await gateway.send(new CreateDeploymentCommand({ restApiId: api, stageName: "empty" }));
  expect(await callApi(at, api, "GET /live")).toMatchObject({ status: 200, json: { stageVariables: variables } });
  expect((await callApi(at, api, "GET /empty")).status).toBe(500);
});

test("a function that fails is a bad gateway", async () => {
  const { status, text } = await callApi(at, id, "GET /live/fails");
  expect([status, text]).toEqual([502, '{"message": "Internal server error"}']);
});

test.each(["GET /live/strangers", "GET /live/wrong-method"])(
  "%s may not invoke its function: Internal server error",
  async (route) => {
    const { status, text, headers } = await callApi(at, id, route);
    expect([status, text]).toEqual([500, '{"message": "Internal server error"}']);
    expect(headers["x-amzn-errortype"]).toBe("InternalServerErrorException");
  },
);

test("HEAD is answered without a body", async () => {
  const { status, text } = await callApi(at, id, "HEAD /live/files/a");
  expect([status, text]).toEqual([200, ""]);
});
