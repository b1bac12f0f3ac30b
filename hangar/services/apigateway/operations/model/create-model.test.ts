// Models and request validators through the SDK client.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;
let restApiId: string;
let root: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "model" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

beforeEach(async () => {
  const made = await api.createRestApi({ name: "model" });
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

const schema = JSON.stringify({ title: "Calc output", type: "object" });
const contentType = "application/json";

test("an API has an empty and an error model, and those it is given", async () => {
  const made = await api.createModel({ restApiId, name: "Calc", contentType, description: "output", schema });
  const calc = { id: made.id, name: "Calc", contentType, description: "output", schema };
  expect([made.$metadata.httpStatusCode, answer(made)]).toEqual([201, calc]);
  expect(answer(await api.getModel({ restApiId, modelName: "Calc" }))).toEqual(calc);
  const { items = [] } = await api.getModels({ restApiId });
  expect(items.map((item) => [item.name, item.description])).toEqual([
    ["Calc", "output"],
    ["Empty", "This is a default empty schema model"],
    ["Error", "This is a default error schema model"],
  ]);
  expect(JSON.parse(items[2]?.schema ?? "")).toEqual({
    $schema: "http://json-schema.org/draft-04/schema#",
    title: "Error Schema",
    type: "object",
    properties: { message: { type: "string" } },
  });
  expect((await api.deleteModel({ restApiId, modelName: "Calc" })).$metadata.httpStatusCode).toBe(202);
  await expect(api.getModel({ restApiId, modelName: "Calc" })).rejects.toMatchObject(
    missing("Invalid model name specified: Calc"),
  );
});

test("a flattened model is refused, not ignored", async () => {
  await expect(api.getModel({ restApiId, modelName: "Empty", flatten: true })).rejects.toMatchObject({
    name: "NotEmulated",
  });
});

test.each([
  [{ restApiId: "abcde0" }, missing("Invalid API identifier specified 000000000000:abcde0")],
  [{ name: "Empty" }, { name: "ConflictException", message: "Model name already exists for this REST API" }],
  [{ name: "" }, bad("Model name must be non-empty")],
  [{ schema: "" }, bad("Model schema must have at least 1 property or array items defined")],
])("a model cannot be made with %j", async (input, error) => {
  await expect(api.createModel({ restApiId, name: "Calc", contentType, schema, ...input })).rejects.toMatchObject(
    error,
  );
});

test.each(["application/json", "application/xml"])("a model of %s has a schema", async (type) => {
  await expect(api.createModel({ restApiId, name: "Calc", contentType: type })).rejects.toMatchObject(
    bad("Model schema must have at least 1 property or array items defined"),
  );
});

test("a model's description and schema change, its name does not", async () => {
  await api.createModel({ restApiId, name: "Calc", contentType, schema });
  const update = (op: "add" | "replace", path: string, value: string) =>
    api.updateModel({ restApiId, modelName: "Calc", patchOperations: [{ op, path, value }] });
  const changed = JSON.stringify({ title: "Updated schema", type: "object" });
  expect((await update("replace", "/schema", changed)).schema).toBe(changed);
  expect((await update("replace", "/description", "new")).description).toBe("new");
  await expect(update("add", "/wrong-path", "x")).rejects.toMatchObject(
    bad("Invalid patch path  '/wrong-path' specified for op 'add'. Please choose supported operations"),
  );
  await expect(update("replace", "/name", "x")).rejects.toMatchObject(
    bad("Invalid patch path  '/name' specified for op 'replace'. Must be one of: [/description, /schema]"),
  );
  await expect(update("replace", "/schema", "")).rejects.toMatchObject(
    bad("Model schema must have at least 1 property or array items defined"),
  );
  await expect(api.updateModel({ restApiId, modelName: "None", patchOperations: [] })).rejects.toMatchObject(
    missing("Invalid model name specified: None"),
  );
});

test("a model that a method uses cannot be deleted", async () => {
  await api.createModel({ restApiId, name: "Pet", contentType, schema });
  const place = { restApiId, resourceId: root, httpMethod: "ANY" };
  await api.putMethod({ ...place, authorizationType: "NONE", requestModels: { "application/json": "Pet" } });
  const gone = () => api.deleteModel({ restApiId, modelName: "Pet" });
  await expect(gone()).rejects.toMatchObject({
    name: "ConflictException",
    message: "Cannot delete model 'Pet', is referenced in method request: //ANY",
  });
  await api.updateMethod({ ...place, patchOperations: [{ op: "remove", path: "/requestModels/application~1json" }] });
  await api.putMethodResponse({ ...place, statusCode: "200", responseModels: { "application/json": "Pet" } });
  await expect(gone()).rejects.toMatchObject({
    message: "Cannot delete model 'Pet', is referenced in method response: //ANY",
  });
  await api.deleteMethod(place);
  await gone();
});

test("a request validator is made, changed and deleted", async () => {
  const made = await api.createRequestValidator({ restApiId, name: "all" });
  const requestValidatorId = made.id ?? "";
  const validator = { id: made.id, name: "all", validateRequestBody: false, validateRequestParameters: false };
  expect([made.$metadata.httpStatusCode, answer(made)]).toEqual([201, validator]);
  expect((await api.getRequestValidators({ restApiId })).items).toEqual([validator]);
  const update = (op: "add" | "replace" | "remove", path: string, value: string) =>
    api.updateRequestValidator({ restApiId, requestValidatorId, patchOperations: [{ op, path, value }] });
  expect((await update("replace", "/validateRequestBody", "true")).validateRequestBody).toBe(true);
  expect((await update("replace", "/validateRequestBody", "")).validateRequestBody).toBe(false);
  for (const op of ["add", "remove"] as const)
    await expect(update(op, "/validateRequestBody", "true")).rejects.toMatchObject(
      bad(`Invalid patch path  '/validateRequestBody' specified for op '${op}'. Please choose supported operations`),
    );
  await expect(update("replace", "/invalidPath", "true")).rejects.toMatchObject(
    bad(
      "Invalid patch path  '/invalidPath' specified for op 'replace'. Must be one of: [/name, /validateRequestParameters, /validateRequestBody]",
    ),
  );
  await expect(update("replace", "/name", "")).rejects.toMatchObject(bad("Request Validator name cannot be blank"));
  expect(answer(await api.getRequestValidator({ restApiId, requestValidatorId }))).toEqual(validator);
  const gone = await api.deleteRequestValidator({ restApiId, requestValidatorId });
  expect(gone.$metadata.httpStatusCode).toBe(202);
  await expect(api.getRequestValidator({ restApiId, requestValidatorId })).rejects.toMatchObject(
    missing("Invalid Request Validator identifier specified"),
  );
  await expect(api.deleteRequestValidator({ restApiId, requestValidatorId })).rejects.toMatchObject(
    missing("Invalid Request Validator identifier specified"),
  );
});

test("a request validator needs its API", async () => {
  await expect(api.createRequestValidator({ restApiId: "nothing", name: "x" })).rejects.toMatchObject(
    bad("Invalid REST API identifier specified"),
  );
  await expect(api.getRequestValidators({ restApiId: "nothing" })).rejects.toMatchObject(
    missing("Invalid API identifier specified 000000000000:nothing"),
  );
});

test("a request validator that a method uses cannot be deleted", async () => {
  const { id: requestValidatorId = "" } = await api.createRequestValidator({ restApiId, name: "all" });
  await api.putMethod({
    restApiId,
    resourceId: root,
    httpMethod: "GET",
    authorizationType: "NONE",
    requestValidatorId,
  });
  await expect(api.deleteRequestValidator({ restApiId, requestValidatorId })).rejects.toMatchObject({
    name: "ConflictException",
  });
});
