// Integrations and their responses through the SDK client.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;
let restApiId: string;
let root: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "integration" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

beforeEach(async () => {
  const made = await api.createRestApi({ name: "integration" });
  restApiId = made.id ?? "";
  root = made.rootResourceId ?? "";
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const bad = (message: string) => ({ name: "BadRequestException", message });
const missing = (message: string) => ({ name: "NotFoundException", message });
const answer = <Output extends { $metadata: unknown }>({ $metadata: _facts, ...rest }: Output) => rest;

type Patch = { readonly op: "add" | "replace" | "remove"; readonly path: string; readonly value?: string };

const place = () => ({ restApiId, resourceId: root, httpMethod: "GET" });
const streaming =
  "arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/arn:aws:lambda:us-east-1:000000000000:function:f/response-streaming-invocations";
const invocation =
  "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:MyLambda/invocations";
const defaults = () => ({
  passthroughBehavior: "WHEN_NO_MATCH",
  timeoutInMillis: 29_000,
  cacheNamespace: root,
  cacheKeyParameters: [],
});

beforeEach(async () => {
  await api.putMethod({ ...place(), authorizationType: "NONE" });
});

test("an integration is put, read, put again and deleted", async () => {
  const made = await api.putIntegration({ ...place(), type: "MOCK", requestTemplates: { "application/json": "{}" } });
  const mock = { type: "MOCK", ...defaults(), requestTemplates: { "application/json": "{}" } };
  expect([made.$metadata.httpStatusCode, answer(made)]).toEqual([201, mock]);
  expect((await api.getMethod(place())).methodIntegration).toEqual(mock);
  const again = await api.putIntegration({
    ...place(),
    type: "AWS_PROXY",
    integrationHttpMethod: "POST",
    uri: invocation,
  });
  const proxy = { type: "AWS_PROXY", ...defaults(), httpMethod: "POST", uri: invocation };
  expect(answer(again)).toEqual(proxy);
  expect(answer(await api.getIntegration(place()))).toEqual(proxy);
  expect((await api.deleteIntegration(place())).$metadata.httpStatusCode).toBe(204);
  await expect(api.getIntegration(place())).rejects.toMatchObject(missing("Invalid Integration identifier specified"));
  await expect(api.deleteIntegration(place())).rejects.toMatchObject(
    missing("Invalid Integration identifier specified"),
  );
});

test.each(["HTTP", "HTTP_PROXY"] as const)("a %s integration goes over the internet", async (type) => {
  const uri = "http://example.com";
  const made = await api.putIntegration({ ...place(), type, integrationHttpMethod: "POST", uri });
  expect(answer(made)).toEqual({ type, ...defaults(), connectionType: "INTERNET", httpMethod: "POST", uri });
});

test.each([
  [{ type: "HTTP" as const }, "Enumeration value for HttpMethod must be non-empty"],
  [{ type: "AWS" as const, uri: invocation }, "Enumeration value for HttpMethod must be non-empty"],
  [
    { type: "HTTP" as const, integrationHttpMethod: "POST", uri: "not-a-url" },
    "Invalid HTTP endpoint specified for URI",
  ],
  [{ type: "AWS" as const, integrationHttpMethod: "POST", uri: "not-an-arn" }, "Invalid ARN specified in the request"],
  [
    { type: "AWS" as const, integrationHttpMethod: "POST", uri: "arn:aws:apigateway:us-east-1:lambda:test" },
    "AWS ARN for integration must contain path or action",
  ],
  [
    { type: "AWS_PROXY" as const, integrationHttpMethod: "POST", uri: "arn:aws:apigateway:us-east-1:s3:path/b/k" },
    "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
  ],
  [{ type: "MOCK" as const, timeoutInMillis: 10 }, "Timeout should be between 50 ms and 29000 ms"],
  [
    { type: "MOCK" as const, requestParameters: { "integration.request.path.a": "true" } },
    "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: true]",
  ],
])("an integration cannot be %j", async (input, message) => {
  await expect(api.putIntegration({ ...place(), ...input })).rejects.toMatchObject(bad(message));
});

test("an integration's type is one that AWS knows", async () => {
  await expect(api.putIntegration({ ...place(), type: "HTTPS_PROXY" as "HTTP" })).rejects.toMatchObject({
    name: "ValidationException",
    message:
      "1 validation error detected: Value 'HTTPS_PROXY' at 'putIntegrationInput.type' failed to satisfy constraint: Member must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]",
  });
});

test("responses of proxy integrations may be given as they come, for a quarter of an hour", async () => {
  const streamed = { responseTransferMode: "STREAM", integrationHttpMethod: "POST", uri: streaming } as const;
  const put = (more: object) => api.putIntegration({ ...place(), type: "AWS_PROXY", ...streamed, ...more });
  expect(await put({ timeoutInMillis: 900_000 })).toMatchObject({
    responseTransferMode: "STREAM",
    timeoutInMillis: 900_000,
  });
  await expect(put({ timeoutInMillis: 900_001 })).rejects.toMatchObject({ name: "BadRequestException" });
  await expect(put({ type: "MOCK" })).rejects.toMatchObject({ name: "BadRequestException" });
  const patchOperations = [{ op: "replace", path: "/responseTransferMode", value: "BUFFERED" } as const];
  await expect(api.updateIntegration({ ...place(), patchOperations })).rejects.toMatchObject({
    name: "BadRequestException",
  });
});

test("an integration needs its API, resource and method", async () => {
  const read = (input: object) => api.getIntegration({ ...place(), ...input });
  await expect(read({ restApiId: "nothing" })).rejects.toMatchObject(missing("Invalid Resource identifier specified"));
  await expect(read({ resourceId: "nothing" })).rejects.toMatchObject(missing("Invalid Resource identifier specified"));
  await expect(read({ httpMethod: "POST" })).rejects.toMatchObject(missing("Invalid Method identifier specified"));
  await expect(read({})).rejects.toMatchObject(missing("Invalid Integration identifier specified"));
  await expect(api.putIntegration({ ...place(), httpMethod: "POST", type: "MOCK" })).rejects.toMatchObject(
    missing("Invalid Method identifier specified"),
  );
});

test("an integration is patched member by member", async () => {
  const uri = "http://example.com";
  await api.putIntegration({ ...place(), type: "HTTP", integrationHttpMethod: "GET", uri });
  const update = (...patchOperations: Patch[]) => api.updateIntegration({ ...place(), patchOperations });
  const changed = await update(
    { op: "replace", path: "/uri", value: "http://example.org/{id}" },
    { op: "replace", path: "/timeoutInMillis", value: "500" },
    { op: "add", path: "/requestParameters/integration.request.path.id", value: "method.request.path.id" },
    { op: "add", path: "/requestTemplates/application~1json", value: "{}" },
    { op: "add", path: "/cacheKeyParameters/method.request.path.id" },
    { op: "replace", path: "/passthroughBehavior", value: "NEVER" },
    { op: "replace", path: "/contentHandling", value: "CONVERT_TO_TEXT" },
  );
  expect(answer(changed)).toEqual({
    ...defaults(),
    type: "HTTP",
    connectionType: "INTERNET",
    httpMethod: "GET",
    uri: "http://example.org/{id}",
    timeoutInMillis: 500,
    requestParameters: { "integration.request.path.id": "method.request.path.id" },
    requestTemplates: { "application/json": "{}" },
    cacheKeyParameters: ["method.request.path.id"],
    passthroughBehavior: "NEVER",
    contentHandling: "CONVERT_TO_TEXT",
  });
  await expect(update({ op: "replace", path: "/uri", value: "nowhere" })).rejects.toMatchObject(
    bad("Invalid HTTP endpoint specified for URI"),
  );
  await expect(update({ op: "replace", path: "/wrong", value: "x" })).rejects.toMatchObject(
    bad("Invalid patch path /wrong"),
  );
  expect(answer(await api.getIntegration(place()))).toEqual(answer(changed));
});

test("an integration response is put, changed, overwritten and deleted", async () => {
  await api.putIntegration({ ...place(), type: "MOCK" });
  const name = { ...place(), statusCode: "200" };
  const created = { statusCode: "200", selectionPattern: "", responseTemplates: { "application/json": '"created"' } };
  const made = await api.putIntegrationResponse({ ...name, ...created });
  expect([made.$metadata.httpStatusCode, answer(made)]).toEqual([201, created]);
  expect(answer(await api.getIntegrationResponse(name))).toEqual(created);
  const changed = await api.updateIntegrationResponse({
    ...name,
    patchOperations: [
      { op: "replace", path: "/selectionPattern", value: "updated-pattern" },
      { op: "add", path: "/responseParameters/method.response.header.a", value: "'b'" },
      { op: "remove", path: "/responseTemplates/application~1json" },
    ],
  });
  expect(answer(changed)).toEqual({
    statusCode: "200",
    selectionPattern: "updated-pattern",
    responseParameters: { "method.response.header.a": "'b'" },
  });
  await api.putIntegrationResponse({ ...name, selectionPattern: "over" });
  const { methodIntegration } = await api.getMethod(place());
  expect(methodIntegration?.integrationResponses).toEqual({ "200": { statusCode: "200", selectionPattern: "over" } });
  expect((await api.deleteIntegrationResponse(name)).$metadata.httpStatusCode).toBe(204);
  expect((await api.getIntegration(place())).integrationResponses).toBeUndefined();
});

test("integration responses stay when the integration is put again", async () => {
  await api.putIntegration({ ...place(), type: "MOCK" });
  await api.putIntegrationResponse({ ...place(), statusCode: "200" });
  const again = await api.putIntegration({ ...place(), type: "MOCK" });
  expect(again.integrationResponses).toEqual({ "200": { statusCode: "200" } });
});

test("an integration response needs what it belongs to", async () => {
  const name = { ...place(), statusCode: "200" };
  await expect(api.getIntegrationResponse(name)).rejects.toMatchObject(
    missing("Invalid Integration identifier specified"),
  );
  await api.putIntegration({ ...place(), type: "MOCK" });
  await expect(api.getIntegrationResponse(name)).rejects.toMatchObject(
    missing("Invalid Response status code specified"),
  );
  await expect(api.putIntegrationResponse({ ...name, httpMethod: "POST" })).rejects.toMatchObject(
    missing("Invalid Method identifier specified"),
  );
  await expect(api.putIntegrationResponse({ ...name, resourceId: "nothing" })).rejects.toMatchObject(
    missing("Invalid Resource identifier specified"),
  );
  const gone = (input: object) => api.deleteIntegrationResponse({ ...name, ...input });
  await expect(gone({ httpMethod: "POST" })).rejects.toMatchObject(missing("Invalid Integration identifier specified"));
  await expect(gone({ restApiId: "nothing" })).rejects.toMatchObject(missing("Invalid Resource identifier specified"));
  await expect(gone({})).rejects.toMatchObject(missing("Invalid Response status code specified"));
});

test("an integration response's templates have content types, its headers have sources", async () => {
  await api.putIntegration({ ...place(), type: "MOCK" });
  const put = (input: object) => api.putIntegrationResponse({ ...place(), statusCode: "200", ...input });
  await expect(put({ responseTemplates: { "123": "{}" } })).rejects.toMatchObject(
    bad("Validation Result: warnings : [], errors : [Invalid content type specified: 123]"),
  );
  await expect(put({ responseParameters: { "method.response.header.a": "unquoted" } })).rejects.toMatchObject(
    bad(
      "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: unquoted]",
    ),
  );
  await expect(put({ statusCode: "wrong" })).rejects.toMatchObject({
    message:
      "1 validation error detected: Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d",
  });
});
