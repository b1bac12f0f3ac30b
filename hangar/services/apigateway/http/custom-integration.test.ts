// Integrations that are not proxied: mock and Lambda, with their templates and mappings.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addRoutes, callApi, deploy, makeApi, makeFunction, startApiCloud, type ApiCloud } from "./test-api.ts";

let at: ApiCloud;
let id: string;
const MOCK = { type: "MOCK" as const };
const json = (template: string) => ({ "application/json": template });

beforeAll(async () => {
  at = await startApiCloud("apigateway-custom");
  const uri = await makeFunction(
    at,
    "custom",
    "if (event.fail) { const e = new Error(event.fail); e.name = 'Refused'; throw e; } return { got: event, told: context.clientContext };",
  );
  const lambda = { type: "AWS" as const, integrationHttpMethod: "POST", uri };
  id = await makeApi(at);
  await addRoutes(at, id, {
    "OPTIONS /cors": {
      integration: { ...MOCK, requestTemplates: json("{ statusCode: 204 }") },
      responses: {
        "204": {
          responseParameters: {
            "method.response.header.Access-Control-Allow-Origin": "'https://app.example'",
            "method.response.header.Access-Control-Allow-Methods": "'GET,PUT'",
          },
          responseTemplates: json(
            '#set($origin = $input.params().header.get("Origin"))\n#if($origin == "") #set($origin = $input.params().header.get("origin")) #end\n#if($origin == "https://other.example")\n#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)\n#end',
          ),
        },
      },
    },
    "GET /mock/{name}": {
      integration: {
        ...MOCK,
        requestTemplates: json('{"statusCode": #if($input.params("code") == "")200#{else}$input.params("code")#end}'),
      },
      responses: {
        "200": { responseTemplates: json('{"hello":"$input.params("name")","stage":"$context.stage"}') },
        "404": { selectionPattern: "4\\d{2}", responseTemplates: json('{"no":"$util.escapeJavaScript("it\'s")"}') },
      },
    },
    "GET /override": {
      integration: {
        ...MOCK,
        requestTemplates: json(
          '#set($context.responseOverride.status = 444)#set($context.responseOverride.header.fooHeader = "bar"){"statusCode": 200}',
        ),
      },
      responses: { "200": { responseTemplates: json('{"status":"$context.responseOverride.status"}') } },
    },
    "GET /nowhere": { integration: { ...MOCK, requestTemplates: json('{"status": 200}') }, responses: { "200": {} } },
    "POST /plain": {
      integration: lambda,
      responses: {
        "200": { responseTemplates: json("$input.json('$.got')") },
        "400": { selectionPattern: "Bad: .*", responseTemplates: json('{"why":"$input.path(\'$.errorMessage\')"}') },
        "500": { selectionPattern: ".*boom.*" },
      },
    },
    "POST /mapped/{id}": {
      integration: {
        ...lambda,
        passthroughBehavior: "NEVER",
        requestTemplates: json(
          '{"id":"$input.params("id")","q":"$input.params("q")","body":$input.json("$.a"),"who":"$context.identity.sourceIp"}',
        ),
      },
      responses: {
        "201": {
          responseParameters: {
            "method.response.header.X-Id": "integration.response.body.got.id",
            "method.response.header.X-Kind": "'kind'",
            "method.response.header.X-Request": "context.requestId",
          },
        },
      },
    },
    "POST /later": {
      integration: { ...lambda, requestParameters: { "integration.request.header.X-Amz-Invocation-Type": "'Event'" } },
      responses: { "202": {} },
    },
    "POST /dry": {
      integration: { ...lambda, requestParameters: { "integration.request.header.X-Amz-Invocation-Type": "'DryRun'" } },
      responses: { "200": { responseTemplates: json("$input.body") } },
    },
    "POST /told": {
      integration: {
        ...lambda,
        requestParameters: { "integration.request.header.X-Amz-Client-Context": "method.request.header.X-Told" },
      },
      responses: { "200": { responseTemplates: json("$input.json('$.told')") } },
    },
  });
  await deploy(at, id);
});

afterAll(() => at.cloud.close());

const post = (path: string, body: unknown, type = "application/json") =>
  callApi(at, id, `POST /live${path}`, {
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "Content-Type": type },
  });

test("a client context that is mapped reaches the function, and a dry run does not", async () => {
  const told = Buffer.from('{"custom":{"a":"1"}}').toString("base64");
  const { json: context } = await callApi(at, id, "POST /live/told", { body: "{}", headers: { "X-Told": told } });
  expect(context).toEqual({ custom: { a: "1" } });
  expect(await post("/dry", { fail: "it ran" })).toMatchObject({ status: 200, text: "{}" });
});

describe("mock integrations", () => {
  test("a preflight made by the CDK is answered 204 with the API's headers", async () => {
    const { status, headers, text } = await callApi(at, id, "OPTIONS /live/cors", {
      headers: { Origin: "https://app.example" },
    });
    expect([status, text.trim()]).toEqual([204, ""]);
    expect(headers).toMatchObject({
      "access-control-allow-origin": "https://app.example",
      "access-control-allow-methods": "GET,PUT",
    });
  });

  test("a template may answer another origin", async () => {
    const { headers } = await callApi(at, id, "OPTIONS /live/cors", { headers: { Origin: "https://other.example" } });
    expect(headers["access-control-allow-origin"]).toBe("https://other.example");
  });

  test("the request template's status picks the response", async () => {
    const found = await callApi(at, id, "GET /live/mock/ada");
    const missing = await callApi(at, id, "GET /live/mock/ada?code=404");
    expect([found.status, found.json]).toEqual([200, { hello: "ada", stage: "live" }]);
    expect([missing.status, missing.text]).toEqual([404, '{"no":"it\\\'s"}']);
  });

  test("templates override status and headers", async () => {
    const { status, headers, json: body } = await callApi(at, id, "GET /live/override");
    expect([status, headers["fooheader"], body]).toEqual([444, "bar", { status: "444" }]);
  });

  test("a template without statusCode is a configuration error", async () => {
    expect(await callApi(at, id, "GET /live/nowhere")).toMatchObject({
      status: 500,
      json: { message: "Internal server error" },
    });
  });
});

describe("Lambda integrations without proxy", () => {
  test("the body is the event, the template makes the answer", async () => {
    expect(await post("/plain", { a: [1, 2] })).toMatchObject({ status: 200, json: { a: [1, 2] } });
    expect(await post("/plain", "")).toMatchObject({ status: 200, json: {} });
  });

  test.each([
    [{ fail: "Bad: really" }, 400, { why: "Bad: really" }],
    [{ fail: "it went boom" }, 500, { errorType: "Refused", errorMessage: "it went boom" }],
  ])("a function's error %j is matched with the selection patterns", async (body, status, answer) => {
    const reply = await post("/plain", body);
    expect(reply.status).toBe(status);
    expect(reply.json).toMatchObject(answer);
  });

  test("a template makes the event, parameters make headers", async () => {
    const { status, json: body, headers } = await post("/mapped/7?q=x", { a: { b: 1 } });
    expect([status, body]).toEqual([201, { got: { id: "7", q: "x", body: { b: 1 }, who: "127.0.0.1" } }]);
    expect(headers).toMatchObject({ "x-id": "7", "x-kind": "kind", "x-request": headers["x-amzn-requestid"] });
  });

  test("a content type without a template is refused where nothing may pass", async () => {
    for (const type of ["text/plain", "constructor", "__proto__"])
      expect(await post("/mapped/7", "x", type)).toMatchObject({
        status: 415,
        json: { message: "Unsupported Media Type" },
      });
  });

  test("an Event invocation is answered at once, without a body", async () => {
    const { status, text } = await post("/later", { a: 1 });
    expect([status, text]).toEqual([202, ""]);
  });
});

test("where everything is binary, a template has no text to read, unless the request is made text", async () => {
  const all = await makeApi(at, { binaryMediaTypes: ["*/*"] });
  const integration = { ...MOCK, requestTemplates: json("{ statusCode: 204 }") };
  const responses = { "204": { responseTemplates: json("{}") } };
  await addRoutes(at, all, {
    "OPTIONS /binary": { integration, responses },
    "OPTIONS /text": { integration: { ...integration, contentHandling: "CONVERT_TO_TEXT" }, responses },
  });
  await deploy(at, all);
  const binary = await callApi(at, all, "OPTIONS /live/binary");
  expect([binary.status, binary.text]).toEqual([500, '{"message": "Internal server error"}']);
  expect((await callApi(at, all, "OPTIONS /live/text")).status).toBe(204);
});
