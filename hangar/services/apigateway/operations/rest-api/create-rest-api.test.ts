// REST APIs through the SDK client: what they start with, their patches, their tags and their end.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "rest-api" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const bad = (message: string) => ({ name: "BadRequestException", message });

test("an API starts as an edge API over IPv4 with its key in a header", async () => {
  const made = await api.createRestApi({ name: "plain", description: "this is my api" });
  expect(made).toEqual({
    $metadata: expect.objectContaining({ httpStatusCode: 201 }),
    id: expect.stringMatching(/^[a-z0-9]{10}$/),
    rootResourceId: expect.stringMatching(/^[a-z0-9]{10}$/),
    name: "plain",
    description: "this is my api",
    createdDate: expect.any(Date),
    apiKeySource: "HEADER",
    disableExecuteApiEndpoint: false,
    endpointConfiguration: { types: ["EDGE"], ipAddressType: "ipv4" },
  });
  const { items = [] } = await api.getRestApis({});
  expect(items.map((item) => item.id)).toContain(made.id);
  const gone = await api.deleteRestApi({ restApiId: made.id ?? "" });
  expect(gone.$metadata.httpStatusCode).toBe(202);
  await expect(api.getRestApi({ restApiId: made.id ?? "" })).rejects.toMatchObject({
    name: "NotFoundException",
    message: `Invalid API identifier specified 000000000000:${made.id}`,
  });
});

test("an API's identifier is case-sensitive", async () => {
  const { id = "" } = await api.createRestApi({ name: "case" });
  await expect(api.getRestApi({ restApiId: id.toUpperCase() })).rejects.toMatchObject({ name: "NotFoundException" });
});

test.each([
  ["regional", { types: ["REGIONAL" as const] }, { types: ["REGIONAL"], ipAddressType: "ipv4" }],
  ["private", { types: ["PRIVATE" as const] }, { types: ["PRIVATE"], ipAddressType: "dualstack" }],
  ["empty", {}, { types: ["EDGE"], ipAddressType: "ipv4" }],
  ["dualstack", { ipAddressType: "dualstack" as const }, { types: ["EDGE"], ipAddressType: "dualstack" }],
])("the endpoint configuration of a %s API is filled in", async (name, endpointConfiguration, expected) => {
  const { id = "" } = await api.createRestApi({ name, endpointConfiguration });
  expect((await api.getRestApi({ restApiId: id })).endpointConfiguration).toEqual(expected);
});

test.each([
  [{ description: "" }, "Description cannot be an empty string"],
  [{ minimumCompressionSize: -1 }, "Invalid minimum compression size, must be between 0 and 10485760"],
  [{ endpointConfiguration: { types: [] } }, "REGIONAL Configuration and EDGE Configuration cannot be both DISABLED."],
  [
    { endpointConfiguration: { types: ["EDGE" as const, "REGIONAL" as const] } },
    "Cannot create an api with multiple Endpoint Types.",
  ],
  [
    { endpointConfiguration: { types: ["PRIVATE" as const], ipAddressType: "ipv4" as const } },
    "Only dualstack ipAddressType is supported for Private APIs.",
  ],
  [
    { policy: "not json" },
    "Invalid policy document. Please check the policy syntax and ensure that Principals are valid.",
  ],
])("an API cannot start with %j", async (input, message) => {
  await expect(api.createRestApi({ name: "wrong", ...input })).rejects.toMatchObject(bad(message));
});

test("wrong values are named under the operation's input, lists as a whole", async () => {
  const types = ["wrong"] as unknown as ["EDGE"];
  const ipAddressType = "wrong" as "ipv4";
  await expect(
    api.createRestApi({ name: "x", description: "", endpointConfiguration: { types, ipAddressType } }),
  ).rejects.toMatchObject({
    name: "ValidationException",
    message:
      "2 validation errors detected: Value '[wrong]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]; Value 'wrong' at 'createRestApiInput.endpointConfiguration.ipAddressType' failed to satisfy constraint: Member must satisfy enum value set: [ipv4, dualstack]",
  });
});

test("cloning an API is refused, not ignored", async () => {
  await expect(api.createRestApi({ name: "clone", cloneFrom: "abc" })).rejects.toMatchObject({ name: "NotEmulated" });
});

test("binary media types are added, replaced at the end and removed one by one", async () => {
  const { id: restApiId = "" } = await api.createRestApi({ name: "media", description: "d", binaryMediaTypes: [] });
  const update = async (...patchOperations: { op: "add" | "replace" | "remove"; path: string; value?: string }[]) =>
    (await api.updateRestApi({ restApiId, patchOperations })).binaryMediaTypes;
  expect(
    await update(
      { op: "add", path: "/binaryMediaTypes/image~1png" },
      { op: "add", path: "/binaryMediaTypes/image~1jpeg" },
    ),
  ).toEqual(["image/png", "image/jpeg"]);
  expect(await update({ op: "replace", path: "/binaryMediaTypes/image~1png", value: "image~1gif" })).toEqual([
    "image/jpeg",
    "image/gif",
  ]);
  expect(
    await update({ op: "remove", path: "/binaryMediaTypes/image~1gif" }, { op: "remove", path: "/description" }),
  ).toEqual(["image/jpeg"]);
  const after = await api.getRestApi({ restApiId });
  expect([after.description, after.binaryMediaTypes]).toEqual([undefined, ["image/jpeg"]]);
  await expect(update({ op: "add", path: "/binaryMediaTypes", value: "x" })).rejects.toMatchObject(
    bad("Invalid patch path /binaryMediaTypes"),
  );
});

test("compression is switched on, off and to every answer", async () => {
  const { id: restApiId = "" } = await api.createRestApi({ name: "compression" });
  const update = (value: string, op: "replace" | "add" = "replace") =>
    api.updateRestApi({ restApiId, patchOperations: [{ op, path: "/minimumCompressionSize", value }] });
  expect((await update("10")).minimumCompressionSize).toBe(10);
  expect((await update("")).minimumCompressionSize).toBeUndefined();
  expect((await update("0")).minimumCompressionSize).toBe(0);
  for (const value of ["-1", "test"])
    await expect(update(value)).rejects.toMatchObject(
      bad("Invalid minimum compression size, must be between 0 and 10485760"),
    );
  await expect(update("10", "add")).rejects.toMatchObject(
    bad("Invalid patch operation specified. Must be one of: [replace]"),
  );
});

test("an API that turns private speaks IPv4 and IPv6", async () => {
  const { id: restApiId = "" } = await api.createRestApi({ name: "turn" });
  const update = (path: string, value: string, op: "replace" | "add" = "replace") =>
    api.updateRestApi({ restApiId, patchOperations: [{ op, path: `/endpointConfiguration/${path}`, value }] });
  expect((await update("types/EDGE", "PRIVATE")).endpointConfiguration).toEqual({
    types: ["PRIVATE"],
    ipAddressType: "dualstack",
  });
  await expect(update("ipAddressType", "ipv4")).rejects.toMatchObject(
    bad("Only dualstack ipAddressType is supported for Private APIs."),
  );
  await expect(update("ipAddressType", "wrong")).rejects.toMatchObject(
    bad("ipAddressType must be either ipv4 or dualstack."),
  );
  await expect(update("types/PRIVATE", "wrong")).rejects.toMatchObject(
    bad("Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE"),
  );
  await expect(update("ipAddressType", "dualstack", "add")).rejects.toMatchObject(
    bad("Invalid patch operation specified. Must be one of: [replace]"),
  );
  await expect(update("types/PRIVATE", "EDGE", "add")).rejects.toMatchObject(
    bad("Invalid patch operation specified. Must be 'add'|'remove'|'replace'"),
  );
});

test("wrong patch operations are counted", async () => {
  const { id: restApiId = "" } = await api.createRestApi({ name: "count" });
  const wrong = { op: "wrong" as "add", path: "/name", value: "x" };
  const set = "Member must satisfy enum value set: [add, remove, move, test, replace, copy]";
  await expect(api.updateRestApi({ restApiId, patchOperations: [wrong, wrong] })).rejects.toMatchObject({
    name: "ValidationException",
    message: `2 validation errors detected: Value 'wrong' at 'updateRestApiInput.patchOperations.1.member.op' failed to satisfy constraint: ${set}; Value 'wrong' at 'updateRestApiInput.patchOperations.2.member.op' failed to satisfy constraint: ${set}`,
  });
});

test("an API's policy comes back with its quotes escaped", async () => {
  const { id: restApiId = "" } = await api.createRestApi({ name: "policy" });
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  const path = "/policy";
  await api.updateRestApi({ restApiId, patchOperations: [{ op: "replace", path, value: policy }] });
  expect((await api.getRestApi({ restApiId })).policy).toBe(policy.replaceAll('"', '\\"'));
  await api.updateRestApi({ restApiId, patchOperations: [{ op: "replace", path, value: "" }] });
  expect((await api.getRestApi({ restApiId })).policy).toBeUndefined();
  await expect(
    api.updateRestApi({ restApiId, patchOperations: [{ op: "replace", path, value: "{}" }] }),
  ).rejects.toMatchObject({ name: "BadRequestException" });
});

test("tags are put on an API, read and taken off by its ARN", async () => {
  const { id = "", tags } = await api.createRestApi({ name: "tagged", tags: { a: "1" } });
  expect(tags).toEqual({ a: "1" });
  const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${id}`;
  await api.tagResource({ resourceArn, tags: { b: "2", c: "3" } });
  await api.untagResource({ resourceArn, tagKeys: ["a", "c"] });
  expect((await api.getTags({ resourceArn })).tags).toEqual({ b: "2" });
  expect((await api.getRestApi({ restApiId: id })).tags).toEqual({ b: "2" });
  await expect(api.getTags({ resourceArn: `${resourceArn}0` })).rejects.toMatchObject({ name: "NotFoundException" });
});

test("APIs are listed in pages", async () => {
  const world = new APIGateway({ ...cloud.clientConfig(), region: "eu-west-1", maxAttempts: 1 });
  for (const name of ["one", "two", "three"]) await world.createRestApi({ name });
  const first = await world.getRestApis({ limit: 2 });
  const second = await world.getRestApis({
    limit: 2,
    ...(first.position === undefined ? {} : { position: first.position }),
  });
  expect([first.items?.length, second.items?.length, second.position]).toEqual([2, 1, undefined]);
  const names = [...(first.items ?? []), ...(second.items ?? [])].map((item) => item.name);
  expect(new Set(names)).toEqual(new Set(["one", "two", "three"]));
});
