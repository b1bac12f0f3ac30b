// Methods and their responses through the SDK client.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;
let restApiId: string;
let root: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "method" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

beforeEach(async () => {
  const made = await api.createRestApi({ name: "method" });
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
const ANY = { httpMethod: "ANY", authorizationType: "NONE" };
const plain = { ...ANY, apiKeyRequired: false };

type Patch = { readonly op: "add" | "replace" | "remove"; readonly path: string; readonly value?: string };

const put = (input: object = {}) => api.putMethod({ restApiId, resourceId: root, ...ANY, ...input });
const get = () => api.getMethod({ restApiId, resourceId: root, httpMethod: "ANY" });
const update = (...patchOperations: Patch[]) =>
  api.updateMethod({ restApiId, resourceId: root, httpMethod: "ANY", patchOperations });

test("a method is put, read and deleted once", async () => {
  const made = await put();
  expect([made.$metadata.httpStatusCode, answer(made)]).toEqual([201, plain]);
  expect(answer(await get())).toEqual(plain);
  await expect(put()).rejects.toMatchObject({
    name: "ConflictException",
    message: "Method already exists for this resource",
  });
  const gone = () => api.deleteMethod({ restApiId, resourceId: root, httpMethod: "ANY" });
  expect((await gone()).$metadata.httpStatusCode).toBe(204);
  await expect(gone()).rejects.toMatchObject(missing("Invalid Method identifier specified"));
  await expect(get()).rejects.toMatchObject(missing("Invalid Method identifier specified"));
});

test("request parameters have names of their own across query string, header and path", async () => {
  const requestParameters = { "method.request.querystring.q": true, "method.request.header.h": false };
  expect((await put({ requestParameters })).requestParameters).toEqual(requestParameters);
  const same = { "method.request.querystring.q": true, "method.request.header.q": false };
  await expect(put({ httpMethod: "GET", requestParameters: same })).rejects.toMatchObject(
    bad("Parameter names must be unique across querystring, header and path"),
  );
});

test.each([
  [{ restApiId: "nothing" }, missing("Invalid Resource identifier specified")],
  [{ resourceId: "nothing" }, missing("Invalid Resource identifier specified")],
  [
    { httpMethod: "FETCH" },
    bad("Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY"),
  ],
  [
    { authorizationType: "CUSTOM" },
    bad(
      "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
    ),
  ],
  [{ requestValidatorId: "nothing" }, bad("Invalid Request Validator identifier specified")],
  [{ requestModels: { "application/json": "petModel" } }, bad("Invalid model identifier specified: petModel")],
])("a method cannot be put with %j", async (input, error) => {
  await expect(put(input)).rejects.toMatchObject(error);
});

test("a method's patches add, replace and remove what it says", async () => {
  await put();
  const parameter = "/requestParameters/method.request.querystring.optional";
  const model = "/requestModels/application~1json";
  expect(
    answer(await update({ op: "add", path: parameter, value: "true" }, { op: "add", path: model, value: "Empty" })),
  ).toEqual({
    ...plain,
    requestModels: { "application/json": "Empty" },
    requestParameters: { "method.request.querystring.optional": true },
  });
  const replaced = {
    httpMethod: "ANY",
    apiKeyRequired: true,
    authorizationType: "AWS_IAM",
    operationName: "ReplacedOperationName",
    requestModels: { "application/json": "Empty" },
    requestParameters: { "method.request.querystring.optional": false },
  };
  expect(
    answer(
      await update(
        { op: "replace", path: "/operationName", value: "ReplacedOperationName" },
        { op: "replace", path: "/apiKeyRequired", value: "true" },
        { op: "replace", path: "/authorizationType", value: "AWS_IAM" },
        { op: "replace", path: parameter, value: "false" },
      ),
    ),
  ).toEqual(replaced);
  const { id: authorizerId = "" } = await api.createAuthorizer({
    restApiId,
    name: "a",
    type: "COGNITO_USER_POOLS",
    providerARNs: ["arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_abc"],
    identitySource: "method.request.header.Authorization",
  });
  const custom = await update(
    { op: "replace", path: "/authorizerId", value: authorizerId },
    { op: "replace", path: "/authorizationType", value: "COGNITO_USER_POOLS" },
    { op: "add", path: "/authorizationScopes", value: "email" },
  );
  expect(answer(custom)).toEqual({
    ...replaced,
    authorizationType: "COGNITO_USER_POOLS",
    authorizerId,
    authorizationScopes: ["email"],
  });
  const left = await update({ op: "remove", path: parameter }, { op: "remove", path: model });
  expect([left.requestModels, left.requestParameters]).toEqual([undefined, undefined]);
  const { id } = (await api.getAuthorizers({ restApiId })).items?.[0] ?? {};
  await expect(api.deleteAuthorizer({ restApiId, authorizerId: id ?? "" })).rejects.toMatchObject({
    name: "ConflictException",
  });
});

test("wrong patches of a method are named, and what does not apply is forgotten", async () => {
  await expect(update({ op: "replace", path: "/apiKeyRequired", value: "true" })).rejects.toMatchObject(
    missing("Invalid Method identifier specified"),
  );
  await put({ apiKeyRequired: true });
  await expect(update({ op: "add", path: "/apiKeyRequired", value: "true" })).rejects.toMatchObject(
    bad("Invalid patch operation specified. Must be one of: [replace]"),
  );
  for (const path of ["/httpMethod", "/requestParameters", "/requestModels/application/json"])
    await expect(update({ op: "replace", path, value: "x" })).rejects.toMatchObject(bad(`Invalid patch path ${path}`));
  const wrong = await update({ op: "replace", path: "/apiKeyRequired", value: "whatever" });
  expect(wrong.apiKeyRequired).toBe(false);
  const needs =
    "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.";
  await expect(update({ op: "replace", path: "/authorizationType", value: "CUSTOM" })).rejects.toMatchObject(
    bad(needs),
  );
  const ignored = await update({ op: "replace", path: "/authorizerId", value: "nothing" });
  expect(answer(ignored)).toEqual(plain);
  await expect(update({ op: "replace", path: "/requestValidatorId", value: "nothing" })).rejects.toMatchObject(
    bad("Invalid Request Validator identifier specified"),
  );
});

test("a method response is put once, read, changed and deleted", async () => {
  await put({ httpMethod: "GET" });
  const name = { restApiId, resourceId: root, httpMethod: "GET", statusCode: "200" };
  const made = await api.putMethodResponse(name);
  expect([made.$metadata.httpStatusCode, answer(made)]).toEqual([201, { statusCode: "200" }]);
  await expect(api.putMethodResponse(name)).rejects.toMatchObject({
    name: "ConflictException",
    message: "Response already exists for this resource",
  });
  const changed = await api.updateMethodResponse({
    ...name,
    patchOperations: [
      { op: "add", path: "/responseParameters/method.response.header.my-header", value: "true" },
      { op: "add", path: "/responseModels/application~1json", value: "Empty" },
    ],
  });
  expect([changed.$metadata.httpStatusCode, answer(changed)]).toEqual([
    201,
    {
      statusCode: "200",
      responseModels: { "application/json": "Empty" },
      responseParameters: { "method.response.header.my-header": true },
    },
  ]);
  expect(answer(await api.getMethodResponse(name))).toEqual(answer(changed));
  const { methodResponses } = await api.getMethod(name);
  expect(methodResponses).toEqual({ "200": answer(changed) });
  expect((await api.deleteMethodResponse(name)).$metadata.httpStatusCode).toBe(204);
  expect(answer(await api.getMethod(name))).toEqual({ ...plain, httpMethod: "GET" });
  await expect(api.deleteMethodResponse(name)).rejects.toMatchObject(missing("Invalid Response status code specified"));
});

test("a method response may only use models that are there", async () => {
  await put();
  await expect(
    api.putMethodResponse({
      restApiId,
      resourceId: root,
      httpMethod: "ANY",
      statusCode: "200",
      responseModels: { "application/json": "Nothing" },
    }),
  ).rejects.toMatchObject(bad("Invalid model identifier specified: Nothing"));
});

test("wrong patches of a method response are named", async () => {
  await put({ httpMethod: "GET" });
  const name = { restApiId, resourceId: root, httpMethod: "GET", statusCode: "200" };
  await api.putMethodResponse(name);
  const patch = (op: Patch["op"], path: string, place: object = {}) =>
    api.updateMethodResponse({ ...name, ...place, patchOperations: [{ op, path, value: "x" }] });
  const header = "/responseParameters/method.response.header.my-header";
  await expect(patch("remove", header)).rejects.toMatchObject(missing("Invalid parameter name specified"));
  await expect(patch("replace", header)).rejects.toMatchObject(missing("Invalid parameter name specified"));
  await expect(patch("remove", "/responseModels/application~1json")).rejects.toMatchObject(
    missing("Content-Type specified was not found"),
  );
  await expect(patch("add", "/wrong/method.response.header.my-header")).rejects.toMatchObject(
    bad("Invalid patch path /wrong/method.response.header.my-header"),
  );
  await expect(patch("add", header, { statusCode: "201" })).rejects.toMatchObject(
    missing("Invalid Response status code specified"),
  );
  await expect(patch("add", header, { resourceId: "nothing" })).rejects.toMatchObject(
    missing("Invalid Resource identifier specified"),
  );
  await expect(patch("add", header, { httpMethod: "POST" })).rejects.toMatchObject(
    missing("Invalid Method identifier specified"),
  );
  await expect(patch("wrong_op" as "add", header, { statusCode: "wrong" })).rejects.toMatchObject({
    name: "ValidationException",
    message:
      "2 validation errors detected: Value 'wrong_op' at 'updateMethodResponseInput.patchOperations.1.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]; Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d",
  });
});
