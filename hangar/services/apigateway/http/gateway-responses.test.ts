// What an API refuses by itself: validators, and the words an API chose for its refusals.

import {
  CreateModelCommand,
  CreateRequestValidatorCommand,
  PutGatewayResponseCommand,
  type GatewayResponseType,
} from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addRoutes, callApi, deploy, makeApi, startApiCloud, type ApiCloud } from "./test-api.ts";

let at: ApiCloud;
let id: string;

beforeAll(async () => {
  at = await startApiCloud("apigateway-refusals");
  id = await makeApi(at);
  const validator = async (name: string, facts: object): Promise<string> =>
    (await at.gateway.send(new CreateRequestValidatorCommand({ restApiId: id, name, ...facts }))).id ?? "";
  const body = await validator("body", { validateRequestBody: true });
  const parameters = await validator("parameters", { validateRequestParameters: true });
  const schema = {
    $schema: "http://json-schema.org/draft-04/schema#",
    type: "object",
    properties: {
      title: { type: "string", minLength: 1 },
      stars: { type: "integer", minimum: 0, exclusiveMinimum: true },
      parts: { type: "array", items: { $ref: `https://apigateway.amazonaws.com/restapis/${id}/models/Part` } },
    },
    required: ["title"],
    additionalProperties: false,
  };
  const model = async (name: string, facts: object): Promise<void> => {
    const contentType = "application/json";
    await at.gateway.send(new CreateModelCommand({ restApiId: id, name, contentType, schema: JSON.stringify(facts) }));
  };
  await model("Part", { type: "object", required: ["n"] });
  await model("Film", schema);
  const integration = { type: "MOCK" as const, requestTemplates: { "application/json": '{"statusCode": 200}' } };
  const requestParameters = {
    "method.request.header.X-Who": true,
    "method.request.querystring.page": true,
    "method.request.querystring.size": false,
  };
  await addRoutes(at, id, {
    "POST /films": {
      method: { requestValidatorId: body, requestModels: { "application/json": "Film" } },
      integration,
      responses: { "200": {} },
    },
    "GET /films": {
      method: { requestValidatorId: parameters, requestParameters },
      integration,
      responses: { "200": {} },
    },
  });
  await deploy(at, id);
});

afterAll(() => at.cloud.close());

const post = (value: unknown) =>
  callApi(at, id, "POST /live/films", {
    body: typeof value === "string" ? value : JSON.stringify(value),
    headers: { "Content-Type": "application/json" },
  });

describe("validators", () => {
  test.each([{ title: "Alien" }, { title: "Alien", stars: 1, parts: [{ n: 1 }] }])(
    "%j fits its model",
    async (value) => {
      expect((await post(value)).status).toBe(200);
    },
  );

  test.each([
    {},
    { title: "" },
    { title: "A", stars: 0 },
    { title: "A", x: 1 },
    { title: "A", parts: [{}] },
    "",
    "{",
    [],
  ])("%j does not", async (value) => {
    const { status, text, headers } = await post(value);
    expect([status, text, headers["x-amzn-errortype"]]).toEqual([
      400,
      '{"message":"Invalid request body"}',
      "BadRequestException",
    ]);
  });

  test.each([
    ["", {}, "X-Who, page"],
    ["?page=1", {}, "X-Who"],
    ["?page=", { "x-who": "me" }, "page"],
  ])("required parameters are missing from %j %j", async (query, headers, names) => {
    const reply = await callApi(at, id, `GET /live/films${query}`, { headers: headers as Record<string, string> });
    expect([reply.status, reply.json]).toEqual([400, { message: `Missing required request parameters: [${names}]` }]);
  });

  test("all required parameters are there", async () => {
    expect((await callApi(at, id, "GET /live/films?page=1", { headers: { "x-who": "me" } })).status).toBe(200);
  });
});

describe("gateway responses", () => {
  const put = async (responseType: GatewayResponseType, facts: object): Promise<void> => {
    await at.gateway.send(new PutGatewayResponseCommand({ restApiId: id, responseType, ...facts }));
  };

  test("an API's own words, status and headers take the place of AWS's once deployed", async () => {
    await put("BAD_REQUEST_BODY", {
      statusCode: "422",
      responseParameters: {
        "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
        "gatewayresponse.header.X-Type": "context.error.responseType",
        "gatewayresponse.header.X-Sent": "method.request.header.Content-Type",
      },
      responseTemplates: {
        "application/json":
          '{"why":"$context.error.validationErrorString","at":"$context.resourcePath","m":$context.error.messageString}',
      },
    });
    expect((await post({})).status).toBe(400);
    await deploy(at, id);
    const { status, json, headers } = await post({});
    expect([status, json]).toEqual([
      422,
      { why: '[object has missing required properties (["title"])]', at: "/films", m: "Invalid request body" },
    ]);
    expect(headers).toMatchObject({
      "access-control-allow-origin": "*",
      "x-type": "BAD_REQUEST_BODY",
      "x-sent": "application/json",
    });
  });

  test("DEFAULT_4XX speaks for the types without words of their own", async () => {
    await put("DEFAULT_4XX", {
      responseParameters: { "gatewayresponse.header.X-Default": "'yes'" },
      responseTemplates: { "application/xml": "<no>$context.error.message</no>" },
    });
    await deploy(at, id);
    const { status, text, headers } = await callApi(at, id, "GET /live/nowhere");
    expect([status, text, headers["content-type"], headers["x-default"]]).toEqual([
      403,
      "<no>Missing Authentication Token</no>",
      "application/xml",
      "yes",
    ]);
  });
});
