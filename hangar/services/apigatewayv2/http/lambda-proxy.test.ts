// What a function behind an HTTP API gets, in both payload formats, and what becomes of its answer.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DeleteFunctionConcurrencyCommand, PutFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import { makeFunctionAt } from "../../../gateway/test-api-calls.ts";
import { addRoute, call, makeApi, makeIntegration, startApiCloud, type ApiCloud } from "./test-http-api.ts";

let at: ApiCloud;
let id: string;

beforeAll(async () => {
  at = await startApiCloud("apigatewayv2-lambda");
  const echo = await makeFunctionAt(at, "echo", "return { statusCode: 200, body: JSON.stringify(event) };");
  const said = await makeFunctionAt(
    at,
    "said",
    "if (event.headers['x-fail']) throw new Error('no'); return JSON.parse(event.body);",
  );
  const closed = await makeFunctionAt(at, "closed", "return 1;", false);
  id = await makeApi(at, {}, { StageVariables: { fn: echo, tier: "gold" } });
  const two = await makeIntegration(at, id, { IntegrationUri: echo });
  const one = await makeIntegration(at, id, { IntegrationUri: "${stageVariables.fn}", PayloadFormatVersion: "1.0" });
  await addRoute(at, id, two, { RouteKey: "ANY /two/{id}/{rest+}" });
  await addRoute(at, id, two, { RouteKey: "$default" });
  await addRoute(at, id, one, { RouteKey: "POST /one/{id}" });
  await addRoute(at, id, await makeIntegration(at, id, { IntegrationUri: said }), { RouteKey: "POST /said" });
  await addRoute(at, id, await makeIntegration(at, id, { IntegrationUri: closed }), { RouteKey: "GET /closed" });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const ID = expect.stringMatching(/^[A-Za-z0-9]{15}=$/) as string;

describe("format 2.0", () => {
  test("the event has what was sent, decoded and joined", async () => {
    const { status, json, headers } = await call(at, id, "PUT /two/7%20a/x/y%2Fz?a=1&a=2&b=%20c", {
      headers: { "X-Twice": ["p", "q"], Cookie: "k=1; l=2", "User-Agent": "agent", "Content-Type": "text/plain" },
      body: "hé",
    });
    expect(status).toBe(200);
    const event = json as { readonly headers: object; readonly requestContext: { readonly requestId: string } };
    expect(event).toEqual({
      version: "2.0",
      routeKey: "ANY /two/{id}/{rest+}",
      rawPath: "/two/7 a/x/y/z",
      rawQueryString: "a=1&a=2&b=%20c",
      cookies: ["k=1", "l=2"],
      headers: {
        "content-length": "3",
        "content-type": "text/plain",
        host: expect.stringContaining("127.0.0.1") as string,
        "user-agent": "agent",
        "x-amzn-trace-id": expect.stringMatching(/^Root=1-/) as string,
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-port": String(at.cloud.port),
        "x-forwarded-proto": "http",
        "x-twice": "p,q",
      },
      queryStringParameters: { a: "1,2", b: " c" },
      requestContext: {
        accountId: "000000000000",
        apiId: id,
        domainName: `${id}.execute-api.us-east-1.amazonaws.com`,
        domainPrefix: id,
        http: {
          method: "PUT",
          path: "/two/7 a/x/y/z",
          protocol: "HTTP/1.1",
          sourceIp: "127.0.0.1",
          userAgent: "agent",
        },
        requestId: ID,
        routeKey: "ANY /two/{id}/{rest+}",
        stage: "$default",
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/) as string,
        timeEpoch: expect.any(Number) as number,
      },
      pathParameters: { id: "7 a", rest: "x/y/z" },
      stageVariables: { fn: expect.stringContaining(":function:echo") as string, tier: "gold" },
      body: "hé",
      isBase64Encoded: false,
    });
    expect(headers["apigw-requestid"]).toBe(event.requestContext.requestId);
    expect(headers["content-type"]).toBe("text/plain; charset=utf-8");
  });

  test("what is not there is absent", async () => {
    const { json } = await call(at, id, "GET /");
    expect(Object.keys(json as object)).toEqual([
      "version",
      "routeKey",
      "rawPath",
      "rawQueryString",
      "headers",
      "requestContext",
      "stageVariables",
      "isBase64Encoded",
    ]);
  });

  test.each([
    ["application/json; charset=utf-8", false],
    ["text/css", false],
    ["application/xml", false],
    ["application/javascript", false],
    ["application/x-www-form-urlencoded", true],
    ["application/vnd.api+json", true],
    ["image/png", true],
  ])("a body of %s is base64: %s", async (type, encoded) => {
    const { json } = await call(at, id, "POST /", { headers: { "Content-Type": type }, body: "a=1" });
    const { body, isBase64Encoded } = json as { body: string; isBase64Encoded: boolean };
    expect([isBase64Encoded, encoded ? Buffer.from(body, "base64").toString() : body]).toEqual([encoded, "a=1"]);
  });
});

describe("format 1.0", () => {
  test("the event has lists of values, and null for what is not there", async () => {
    const { json } = await call(at, id, "POST /one/7?a=1&a=2", {
      headers: { "X-Twice": ["p", "q"], Cookie: "k=1", "User-Agent": "agent", "Content-Type": "text/plain" },
      body: "x",
    });
    const single = {
      "Content-Length": "1",
      Host: expect.any(String) as string,
      "User-Agent": "agent",
      "X-Amzn-Trace-Id": expect.any(String) as string,
      "X-Forwarded-For": "127.0.0.1",
      "X-Forwarded-Port": String(at.cloud.port),
      "X-Forwarded-Proto": "http",
      "content-type": "text/plain",
      cookie: "k=1",
    };
    expect(json).toEqual({
      version: "1.0",
      resource: "/one/{id}",
      path: "/one/7",
      httpMethod: "POST",
      headers: { ...single, "x-twice": "q" },
      multiValueHeaders: {
        ...Object.fromEntries(Object.entries(single).map(([name, value]) => [name, [value]])),
        "x-twice": ["p", "q"],
      },
      queryStringParameters: { a: "2" },
      multiValueQueryStringParameters: { a: ["1", "2"] },
      requestContext: {
        accountId: "000000000000",
        apiId: id,
        domainName: `${id}.execute-api.us-east-1.amazonaws.com`,
        domainPrefix: id,
        extendedRequestId: ID,
        httpMethod: "POST",
        identity: {
          accessKey: null,
          accountId: null,
          caller: null,
          cognitoAmr: null,
          cognitoAuthenticationProvider: null,
          cognitoAuthenticationType: null,
          cognitoIdentityId: null,
          cognitoIdentityPoolId: null,
          principalOrgId: null,
          sourceIp: "127.0.0.1",
          user: null,
          userAgent: "agent",
          userArn: null,
        },
        path: "/one/7",
        protocol: "HTTP/1.1",
        requestId: ID,
        requestTime: expect.any(String) as string,
        requestTimeEpoch: expect.any(Number) as number,
        resourceId: "POST /one/{id}",
        resourcePath: "/one/{id}",
        stage: "$default",
      },
      pathParameters: { id: "7" },
      stageVariables: expect.objectContaining({ tier: "gold" }) as object,
      body: "x",
      isBase64Encoded: false,
    });
  });
});

const JSON_BODY = { "Content-Type": "application/json" };

describe("answers", () => {
  const saying = (answer: unknown) => call(at, id, "POST /said", { headers: JSON_BODY, body: JSON.stringify(answer) });

  test("cookies are headers of their own", async () => {
    const { status, headers, text } = await saying({ statusCode: 201, cookies: ["a=1; Secure", "b=2"], body: "made" });
    expect([status, headers["set-cookie"], text]).toEqual([201, ["a=1; Secure", "b=2"], "made"]);
  });

  test("an answer without a status is the body", async () => {
    const { status, headers, text } = await saying({ hello: "you" });
    expect([status, headers["content-type"], text]).toEqual([200, "application/json", '{"hello":"you"}']);
  });

  test("base64 is bytes", async () => {
    const { bytes } = await saying({ statusCode: 200, body: "/w==", isBase64Encoded: true });
    expect([...bytes]).toEqual([255]);
  });

  test.each([{ statusCode: "x" }, { statusCode: 200, body: { a: 1 } }])("%j cannot be answered", async (answer) => {
    expect(await saying(answer)).toMatchObject({ status: 500, text: '{"message":"Internal Server Error"}' });
  });

  test("a function that fails is an error of the server", async () => {
    const reply = await call(at, id, "POST /said", { headers: { ...JSON_BODY, "x-fail": "1" }, body: "{}" });
    expect([reply.status, reply.text]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  test("a function that API Gateway may not call is an error of the server", async () => {
    expect(await call(at, id, "GET /closed")).toMatchObject({
      status: 500,
      text: '{"message":"Internal Server Error"}',
    });
  });

  test("a throttled function is unavailable", async () => {
    await at.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: "said", ReservedConcurrentExecutions: 0 }));
    expect(await saying({})).toMatchObject({ status: 503, text: '{"message":"Service Unavailable"}' });
    await at.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: "said" }));
  });

  test("the request line and the values of headers are 10,240 bytes at most", async () => {
    const sent = (bytes: number) =>
      call(at, id, `GET /?q=${"x".repeat(bytes)}`, { headers: { "X-One": "x".repeat(5000) } });
    expect((await sent(5000)).status).toBe(200);
    expect(await sent(5300)).toMatchObject({ status: 431, text: '{"message":"Request Header Fields Too Large"}' });
  });

  test("10 MB go in, and no more", async () => {
    const body = Buffer.alloc(10 * 1024 * 1024 + 1);
    expect(await call(at, id, "POST /", { body })).toMatchObject({
      status: 413,
      text: '{"message":"Request Entity Too Large"}',
    });
  });
});
