// Documentation parts and versions through the SDK client, worded as AWS was recorded to word it (LocalStack's recordings).

import { APIGateway, type DocumentationPartLocation } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;
let restApiId: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "documentation" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

beforeEach(async () => {
  restApiId = (await api.createRestApi({ name: "documented" })).id ?? "";
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const answer = <Output extends { $metadata: unknown }>({ $metadata: _facts, ...rest }: Output) => rest;
const missing = (message: string) => ({ name: "NotFoundException", message });
const noPart = missing("Invalid Documentation part identifier specified");
const noApi = (id: string) => missing(`Invalid API identifier specified 000000000000:${id}`);

const whole: DocumentationPartLocation = { type: "API" };
const properties = '{"description":"Sample API description"}';
const documented = (location: DocumentationPartLocation = whole) =>
  api.createDocumentationPart({ restApiId, location, properties });

test("a part is made, read, changed and deleted", async () => {
  const made = await documented();
  const part = { id: made.id, location: whole, properties };
  expect([made.$metadata.httpStatusCode, answer(made)]).toEqual([201, part]);
  const place = { restApiId, documentationPartId: made.id };
  expect(answer(await api.getDocumentationPart(place))).toEqual(part);
  expect((await api.getDocumentationParts({ restApiId })).items).toEqual([part]);
  const value = '{"description":"Updated Sample API description"}';
  const changed = await api.updateDocumentationPart({
    ...place,
    patchOperations: [{ op: "replace", path: "/properties", value }],
  });
  expect(answer(changed)).toEqual({ ...part, properties: value });
  expect((await api.deleteDocumentationPart(place)).$metadata.httpStatusCode).toBe(202);
  await expect(api.deleteDocumentationPart(place)).rejects.toMatchObject(noPart);
});

test("a place has one part, which says a JSON object", async () => {
  const location: DocumentationPartLocation = { type: "METHOD", path: "/pets", method: "GET" };
  await documented(location);
  await documented({ ...location, method: "POST" });
  await expect(documented(location)).rejects.toMatchObject({
    name: "ConflictException",
    message: "Documentation part already exists for the specified location: type 'METHOD', path '/pets', method 'GET'.",
  });
  await expect(api.createDocumentationPart({ restApiId, location: whole, properties: "no" })).rejects.toMatchObject({
    name: "BadRequestException",
  });
  expect((await api.getDocumentationParts({ restApiId })).items).toHaveLength(2);
});

test("what is not there, and what cannot be patched, is refused in AWS's words", async () => {
  const fake = "test-fake-rest-id";
  await expect(api.getDocumentationParts({ restApiId: fake })).rejects.toMatchObject(noApi(fake));
  await expect(api.createDocumentationPart({ restApiId: fake, location: whole, properties })).rejects.toMatchObject(
    noApi(fake),
  );
  const { id: documentationPartId } = await documented();
  await expect(api.getDocumentationPart({ restApiId: fake, documentationPartId })).rejects.toMatchObject(noPart);
  await expect(api.deleteDocumentationPart({ restApiId: fake, documentationPartId })).rejects.toMatchObject(
    noApi(fake),
  );
  const patch = (op: "add" | "replace", path: string) =>
    api.updateDocumentationPart({ restApiId, documentationPartId, patchOperations: [{ op, path, value: "{}" }] });
  await expect(patch("add", "/properties")).rejects.toMatchObject({
    message: "Invalid patch path  '/properties' specified for op 'add'. Please choose supported operations",
  });
  await expect(patch("replace", "/invalidPath")).rejects.toMatchObject({
    message: "Invalid patch path  '/invalidPath' specified for op 'replace'. Must be one of: [/properties]",
  });
  await expect(documented({ type: "INVALID" as "API" })).rejects.toMatchObject({
    name: "ValidationException",
    message:
      "1 validation error detected: Value 'INVALID' at 'createDocumentationPartInput.location.type' failed to satisfy constraint: Member must satisfy enum value set: [RESPONSE_BODY, RESPONSE, METHOD, MODEL, AUTHORIZER, RESPONSE_HEADER, RESOURCE, PATH_PARAMETER, REQUEST_BODY, QUERY_PARAMETER, API, REQUEST_HEADER]",
  });
});

test("parts are listed by type, path and name", async () => {
  await documented();
  await documented({ type: "RESOURCE", path: "/pets" });
  await documented({ type: "MODEL", name: "Pet" });
  const list = async (input: object) =>
    (await api.getDocumentationParts({ restApiId, ...input })).items?.map(({ location }) => location);
  expect(await list({ type: "API" })).toEqual([whole]);
  expect(await list({ path: "/pets" })).toEqual([{ type: "RESOURCE", path: "/pets" }]);
  expect(await list({ nameQuery: "Pet" })).toEqual([{ type: "MODEL", name: "Pet" }]);
  expect(await list({ locationStatus: "DOCUMENTED" })).toHaveLength(3);
  await expect(list({ locationStatus: "UNDOCUMENTED" })).rejects.toMatchObject({ name: "NotEmulated" });
});

const PARTS = [
  { location: whole, properties: { description: "API description" } },
  { location: { method: "GET", path: "/", type: "METHOD" }, properties: { description: "Method description." } },
];
const document = (documentationParts: readonly object[]) =>
  JSON.stringify({
    swagger: "2.0",
    info: { title: "doc", version: "1" },
    paths: { "/": { get: { "x-amazon-apigateway-integration": { type: "mock" }, responses: {} } } },
    "x-amazon-apigateway-documentation": { version: "1", documentationParts },
  });

const kept = async (id = restApiId) =>
  (await api.getDocumentationParts({ restApiId: id })).items?.map((part) => [
    part.location,
    JSON.parse(part.properties ?? ""),
  ]);
const told = (parts: typeof PARTS) => parts.map((part) => [part.location, part.properties]);

test("an OpenAPI document brings its parts, unless they are ignored", async () => {
  const { id = "" } = await api.importRestApi({ body: document(PARTS) });
  expect(await kept(id)).toEqual(told(PARTS));
  const ignored = await api.importRestApi({ body: document(PARTS), parameters: { ignore: "documentation" } });
  expect(await kept(ignored.id)).toEqual([]);
});

test("imported parts overwrite all there are, or are merged by place", async () => {
  const { id: before } = await documented();
  const merged = await api.importDocumentationParts({ restApiId, mode: "merge", body: document(PARTS) });
  expect(merged.ids).toEqual([before, expect.any(String)]);
  expect(await kept()).toEqual(told(PARTS));
  const { ids } = await api.importDocumentationParts({
    restApiId,
    mode: "overwrite",
    body: document(PARTS.slice(1)),
  });
  expect(ids).toHaveLength(1);
  expect(await kept()).toEqual(told(PARTS.slice(1)));
  for (const body of ["{", "a: b: c", "[]"])
    await expect(api.importDocumentationParts({ restApiId, mode: "overwrite", body })).rejects.toMatchObject({
      name: "BadRequestException",
      message: "Unable to build importer with provided input.",
    });
  const odd = document([{ location: { type: "NONE" }, properties: {} }]);
  await expect(api.putRestApi({ restApiId, mode: "overwrite", body: odd })).rejects.toMatchObject({
    name: "BadRequestException",
  });
  expect(await kept()).toEqual(told(PARTS.slice(1)));
});

test("a version keeps the parts as they were, and a stage's export has them", async () => {
  const { id = "" } = await api.importRestApi({ body: document(PARTS) });
  await api.createDeployment({ restApiId: id, stageName: "s1" });
  const documentationVersion = "v123";
  const made = await api.createDocumentationVersion({ restApiId: id, stageName: "s1", documentationVersion });
  const version = { version: documentationVersion, createdDate: expect.any(Date) };
  expect([made.$metadata.httpStatusCode, answer(made)]).toEqual([201, version]);
  expect((await api.getStage({ restApiId: id, stageName: "s1" })).documentationVersion).toBe(documentationVersion);
  const changed = await api.updateDocumentationVersion({
    restApiId: id,
    documentationVersion,
    patchOperations: [{ op: "replace", path: "/description", value: "doc version new" }],
  });
  const shown = { ...version, description: "doc version new" };
  expect(answer(changed)).toEqual(shown);
  expect(answer(await api.getDocumentationVersion({ restApiId: id, documentationVersion }))).toEqual(shown);
  expect((await api.getDocumentationVersions({ restApiId: id })).items).toEqual([shown]);
  await api.importDocumentationParts({ restApiId: id, mode: "overwrite", body: document([]) });
  const exported = async (extensions: string) => {
    const input = { restApiId: id, stageName: "s1", exportType: "oas30", parameters: { extensions } };
    const { body } = await api.getExport(input);
    return JSON.parse(Buffer.from(body ?? []).toString()) as Record<string, unknown>;
  };
  expect((await exported("documentation"))["x-amazon-apigateway-documentation"]).toEqual({
    version: documentationVersion,
    createdDate: expect.any(String),
    documentationParts: PARTS,
  });
  expect((await exported("apigateway"))["x-amazon-apigateway-documentation"]).toBeUndefined();
});

test("a version is made once, and goes", async () => {
  const place = { restApiId, documentationVersion: "1" };
  await api.createDocumentationVersion(place);
  await expect(api.createDocumentationVersion(place)).rejects.toMatchObject({ name: "ConflictException" });
  expect((await api.deleteDocumentationVersion(place)).$metadata.httpStatusCode).toBe(202);
  await expect(api.getDocumentationVersion(place)).rejects.toMatchObject({ name: "NotFoundException" });
  await expect(api.createDocumentationVersion({ ...place, stageName: "none" })).rejects.toMatchObject({
    name: "NotFoundException",
  });
});
