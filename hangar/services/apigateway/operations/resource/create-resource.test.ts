// The tree of an API's resources through the SDK client.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;
let restApiId: string;
let root: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "resource" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

beforeEach(async () => {
  const made = await api.createRestApi({ name: "resource" });
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

async function child(parentId: string, pathPart: string): Promise<string> {
  return (await api.createResource({ restApiId, parentId, pathPart })).id ?? "";
}

async function paths(): Promise<readonly string[]> {
  const { items = [] } = await api.getResources({ restApiId });
  return items.map((item) => item.path ?? "");
}

test("a resource is made, moved with all below it, and deleted with all below it", async () => {
  const made = await api.createResource({ restApiId, parentId: root, pathPart: "pets" });
  const pets = made.id ?? "";
  expect(made.$metadata.httpStatusCode).toBe(201);
  expect(answer(made)).toEqual({ id: pets, parentId: root, path: "/pets", pathPart: "pets" });
  const subpets = await child(pets, "subpets");
  expect(await paths()).toEqual(["/", "/pets", "/pets/subpets"]);
  const moved = await api.updateResource({
    restApiId,
    resourceId: pets,
    patchOperations: [{ op: "replace", path: "/pathPart", value: "dogs" }],
  });
  expect(answer(moved)).toEqual({ id: pets, parentId: root, path: "/dogs", pathPart: "dogs" });
  expect((await api.getResource({ restApiId, resourceId: subpets })).path).toBe("/dogs/subpets");
  expect((await api.deleteResource({ restApiId, resourceId: pets })).$metadata.httpStatusCode).toBe(202);
  expect(await paths()).toEqual(["/"]);
  await expect(api.deleteResource({ restApiId, resourceId: subpets })).rejects.toMatchObject(
    missing("Invalid Resource identifier specified"),
  );
});

test("a resource moves only where its name is free and not below itself", async () => {
  const pets = await child(root, "pets");
  const subpets = await child(pets, "subpets");
  const inner = await child(subpets, "pets");
  const update = (resourceId: string, path: string, value: string, op: "replace" | "remove" | "add" = "replace") =>
    api.updateResource({ restApiId, resourceId, patchOperations: [{ op, path, value }] });
  await expect(update("nothing", "/pathPart", "x")).rejects.toMatchObject(
    missing("Invalid Resource identifier specified"),
  );
  await expect(update(pets, "/invalid", "x")).rejects.toMatchObject(
    bad("Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: [/parentId, /pathPart]"),
  );
  await expect(update(pets, "/parentId", "nothing")).rejects.toMatchObject(
    missing("Invalid Resource identifier specified"),
  );
  await expect(update(inner, "/parentId", root)).rejects.toMatchObject({
    name: "ConflictException",
    message: "Another resource with the same parent already has this name: pets",
  });
  await expect(update(subpets, "/parentId", inner)).rejects.toMatchObject(bad("Resources cannot be cyclical."));
  expect((await update(subpets, "/parentId", root)).path).toBe("/subpets");
  expect(await paths()).toEqual(["/", "/pets", "/subpets", "/subpets/pets"]);
  await expect(update(subpets, "/pathPart", "pets")).rejects.toMatchObject({ name: "ConflictException" });
  for (const op of ["remove", "add"] as const)
    await expect(update(pets, "/pathPart", "x", op)).rejects.toMatchObject(
      bad(`Invalid patch path  '/pathPart' specified for op '${op}'. Please choose supported operations`),
    );
});

test("the root resource stays what and where it is", async () => {
  const update = (path: string) =>
    api.updateResource({ restApiId, resourceId: root, patchOperations: [{ op: "replace", path, value: "x" }] });
  await expect(update("/pathPart")).rejects.toMatchObject(bad("Root resource cannot update its pathPart."));
  await expect(update("/parentId")).rejects.toMatchObject(bad("Root resource cannot update its parentId."));
  await expect(api.deleteResource({ restApiId, resourceId: root })).rejects.toMatchObject({
    name: "BadRequestException",
  });
});

test("a greedy path variable has no children and no variable beside it", async () => {
  const proxy = await child(root, "{proxy+}");
  await expect(child(root, "{other}")).rejects.toMatchObject(
    bad("A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed"),
  );
  for (const part of ["static", "{dynamic}"])
    await expect(child(proxy, part)).rejects.toMatchObject(
      bad("Cannot create a child of a resource with a greedy path variable: {proxy+}"),
    );
  const parent = await child(root, "parent");
  await child(parent, "{child+}");
  await child(parent, "child");
  expect(await paths()).toEqual(["/", "/parent", "/parent/child", "/parent/{child+}", "/{proxy+}"]);
});

test.each(["a/b", "{a", "{a+", "a b", ""])("%j is no path part", async (part) => {
  await expect(child(root, part)).rejects.toMatchObject(
    bad(
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
    ),
  );
});

test("a resource needs a parent that is there", async () => {
  await expect(child("nothing", "x")).rejects.toMatchObject(missing("Invalid Resource identifier specified"));
});

test("an API has three hundred resources at most, its root among them", async () => {
  for (let index = 1; index < 300; index += 1) await child(root, `r${index}`);
  await expect(child(root, "more")).rejects.toMatchObject({
    name: "LimitExceededException",
    message:
      "Maximum number of Resources for this API has been reached. Please contact AWS if you need additional Resources.",
  });
});

test("resources are listed with their methods' names, in full when they are embedded, in pages", async () => {
  await api.putMethod({ restApiId, resourceId: root, httpMethod: "GET", authorizationType: "NONE" });
  await child(root, "pets");
  const { items = [] } = await api.getResources({ restApiId });
  expect(items[0]?.resourceMethods).toEqual({ GET: {} });
  const method = { httpMethod: "GET", authorizationType: "NONE", apiKeyRequired: false };
  const embedded = await api.getResource({ restApiId, resourceId: root, embed: ["methods"] });
  expect(embedded.resourceMethods).toEqual({ GET: method });
  const first = await api.getResources({ restApiId, limit: 1, embed: ["methods"] });
  expect(first.items).toEqual([{ id: root, path: "/", resourceMethods: { GET: method } }]);
  const second = await api.getResources({ restApiId, position: first.position ?? "" });
  expect(second.items?.map((item) => item.path)).toEqual(["/pets"]);
});
