// Gateway responses through the SDK client.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;
let restApiId: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "gateway-response" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

beforeEach(async () => {
  const made = await api.createRestApi({ name: "gateway-response" });
  restApiId = made.id ?? "";
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const bad = (message: string) => ({ name: "BadRequestException", message });
const missing = (message: string) => ({ name: "NotFoundException", message });
const answer = <Output extends { $metadata: unknown }>({ $metadata: _facts, ...rest }: Output) => rest;

const TEMPLATE = '{"message":$context.error.messageString}';
const plain = {
  responseType: "MISSING_AUTHENTICATION_TOKEN",
  statusCode: "403",
  responseParameters: {},
  responseTemplates: { "application/json": TEMPLATE },
  defaultResponse: true,
};
const responseType = "MISSING_AUTHENTICATION_TOKEN";

test("every gateway response has words of its own until they are set", async () => {
  expect(answer(await api.getGatewayResponse({ restApiId, responseType }))).toEqual(plain);
  const { items = [] } = await api.getGatewayResponses({ restApiId });
  expect([items.length, items.every((item) => item.defaultResponse)]).toEqual([21, true]);
  const first = await api.getGatewayResponses({ restApiId, limit: 20 });
  const { items: rest } = await api.getGatewayResponses({ restApiId, position: first.position ?? "" });
  expect([first.items?.length, rest?.map((item) => item.responseType)]).toEqual([20, ["WAF_FILTERED"]]);
  const made = await api.putGatewayResponse({ restApiId, responseType, statusCode: "404" });
  const set = { ...plain, statusCode: "404", defaultResponse: false };
  expect([made.$metadata.httpStatusCode, answer(made)]).toEqual([201, set]);
  expect(answer(await api.getGatewayResponse({ restApiId, responseType }))).toEqual(set);
  const gone = () => api.deleteGatewayResponse({ restApiId, responseType });
  expect((await gone()).$metadata.httpStatusCode).toBe(202);
  expect(answer(await api.getGatewayResponse({ restApiId, responseType }))).toEqual(plain);
  await expect(gone()).rejects.toMatchObject(missing("Gateway response type not defined on api"));
});

test("DEFAULT_5XX speaks for the server errors that have no words of their own", async () => {
  const responseParameters = { "gatewayresponse.header.x-request-header": "method.request.header.Accept" };
  await api.putGatewayResponse({ restApiId, responseType: "DEFAULT_5XX", responseParameters });
  const failure = await api.getGatewayResponse({ restApiId, responseType: "API_CONFIGURATION_ERROR" });
  expect([failure.responseParameters, failure.statusCode, failure.defaultResponse]).toEqual([
    responseParameters,
    "500",
    true,
  ]);
  const denied = await api.getGatewayResponse({ restApiId, responseType: "ACCESS_DENIED" });
  expect(denied.responseParameters).toEqual({});
});

test("a gateway response is patched", async () => {
  const name = { restApiId, responseType: "DEFAULT_4XX" } as const;
  type Patch = { readonly op?: "add" | "replace" | "remove"; readonly path?: string; readonly value?: string };
  const update = (...patchOperations: Patch[]) => api.updateGatewayResponse({ ...name, patchOperations });
  const first = await update({ op: "replace", path: "/statusCode", value: "444" });
  expect(answer(first)).toEqual({
    responseType: "DEFAULT_4XX",
    statusCode: "444",
    responseParameters: {},
    responseTemplates: { "application/json": TEMPLATE },
    defaultResponse: false,
  });
  const origin = "/responseParameters/gatewayresponse.header.Access-Control-Allow-Origin";
  const changed = await update(
    { op: "add", path: origin, value: "'a.b.c'" },
    { op: "replace", path: origin, value: "'example.com'" },
    { op: "add", path: "/responseTemplates/application~1xml", value: "<x/>" },
    { op: "remove", path: "/responseTemplates/application~1json" },
  );
  expect(changed.responseParameters).toEqual({ "gatewayresponse.header.Access-Control-Allow-Origin": "'example.com'" });
  expect(changed.responseTemplates).toEqual({ "application/xml": "<x/>" });
  for (const op of ["add", "remove"] as const)
    await expect(update({ op, path: "/statusCode", value: "404" })).rejects.toMatchObject(
      bad("Invalid patch path /statusCode"),
    );
  await expect(update({ op: "replace", path: "/responseParameters/nothing", value: "x" })).rejects.toMatchObject(
    missing("Invalid parameter name specified"),
  );
  await expect(update({ op: "replace", value: "x" })).rejects.toMatchObject(bad("Invalid patch path null"));
  await expect(update({ op: "replace", path: "/wrongPath", value: "x" })).rejects.toMatchObject(
    bad("Invalid patch path /wrongPath"),
  );
  await expect(update({ op: "replace", path: "/responseTemplates/application~1xml" })).rejects.toMatchObject(
    bad("Invalid null or empty value in responseTemplates"),
  );
  await expect(update({ op: "replace", path: origin })).rejects.toMatchObject(
    bad("Invalid null or empty value in responseParameters"),
  );
});

test("a gateway response needs its API, and a type that AWS knows", async () => {
  await expect(api.getGatewayResponse({ restApiId: "nothing", responseType })).rejects.toMatchObject(
    missing("Invalid API identifier specified 000000000000:nothing"),
  );
  const wrong = "FAKE_RESPONSE_TYPE" as typeof responseType;
  await expect(api.putGatewayResponse({ restApiId, responseType: wrong })).rejects.toMatchObject({
    name: "ValidationException",
    message: expect.stringContaining(
      "1 validation error detected: Value 'FAKE_RESPONSE_TYPE' at 'responseType' failed to satisfy constraint: Member must satisfy enum value set: [REQUEST_TOO_LARGE, RESOURCE_NOT_FOUND, ",
    ),
  });
});
