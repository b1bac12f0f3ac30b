// API keys and usage plans through the SDK client.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;
let restApiId: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "usage-plan" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

beforeEach(async () => {
  const made = await api.createRestApi({ name: "usage-plan" });
  restApiId = made.id ?? "";
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const bad = (message: string) => ({ name: "BadRequestException", message });
const missing = (message: string) => ({ name: "NotFoundException", message });
const answer = <Output extends { $metadata: unknown }>({ $metadata: _facts, ...rest }: Output) => rest;

type Patch = { readonly op: "add" | "replace" | "remove"; readonly path: string; readonly value?: string };

beforeAll(() => {
  cloud.clock.hold();
});

beforeEach(async () => {
  const { items = [] } = await api.getApiKeys({});
  for (const { id = "" } of items) await api.deleteApiKey({ apiKey: id });
});

async function key(name: string, input: object = {}): Promise<string> {
  await cloud.clock.advance("1 second");
  return (await api.createApiKey({ name, ...input })).id ?? "";
}

async function deployed(stageName = "dev"): Promise<void> {
  const { items = [] } = await api.getResources({ restApiId });
  const place = { restApiId, resourceId: items[0]?.id ?? "", httpMethod: "GET" };
  await api.putMethod({ ...place, authorizationType: "NONE" });
  await api.putIntegration({ ...place, type: "MOCK" });
  await api.createDeployment({ restApiId, stageName });
}

const names = (page: { items?: readonly { name?: string | undefined }[] | undefined }) =>
  page.items?.map((item) => item.name);

test("an API key is made with a value, shown without it, and listed newest first", async () => {
  const made = await api.createApiKey({ name: "first" });
  expect([made.$metadata.httpStatusCode, answer(made)]).toEqual([
    201,
    {
      id: expect.any(String),
      name: "first",
      value: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
      enabled: false,
      createdDate: expect.any(Date),
      lastUpdatedDate: expect.any(Date),
      stageKeys: [],
    },
  ]);
  await key("second", { enabled: true, customerId: "c1" });
  expect(names(await api.getApiKeys({}))).toEqual(["second", "first"]);
  expect(names(await api.getApiKeys({ nameQuery: "fir" }))).toEqual(["first"]);
  expect(names(await api.getApiKeys({ nameQuery: "FIR" }))).toEqual([]);
  expect(names(await api.getApiKeys({ customerId: "c1" }))).toEqual(["second"]);
  const page = await api.getApiKeys({ limit: 1 });
  expect(names(await api.getApiKeys({ limit: 1, position: page.position ?? "" }))).toEqual(["first"]);
  const shown = (includeValue: boolean) => api.getApiKey({ apiKey: made.id ?? "", includeValue });
  expect([(await shown(false)).value, (await shown(true)).value]).toEqual([undefined, made.value]);
  const listed = await api.getApiKeys({ includeValues: true, nameQuery: "first" });
  expect(listed.items?.[0]?.value).toBe(made.value);
});

test.each([
  [{ name: "x".repeat(1025) }, "Invalid API Key name, can be at most 1024 characters."],
  [{ value: "short" }, "API Key value should be at least 20 characters"],
  [{ value: "x".repeat(129) }, "API Key value exceeds maximum size of 128 characters"],
  [{ description: "x".repeat(125_001) }, "Invalid API Key description specified."],
])("an API key cannot be made with too much or too little", async (input, message) => {
  await expect(api.createApiKey(input)).rejects.toMatchObject(bad(message));
});

test("an empty name is none, an empty value one that is made", async () => {
  const made = await api.createApiKey({ name: "", value: "" });
  expect([made.name, made.value?.length]).toEqual([undefined, 40]);
});

test("a value belongs to one API key", async () => {
  const value = "v".repeat(20);
  const apiKey = await key("one", { value });
  await expect(api.createApiKey({ value })).rejects.toMatchObject({
    name: "ConflictException",
    message: "API Key already exists",
  });
  expect((await api.deleteApiKey({ apiKey })).$metadata.httpStatusCode).toBe(202);
  await expect(api.getApiKey({ apiKey })).rejects.toMatchObject(missing("Invalid API Key identifier specified"));
  await key("two", { value });
});

test("an API key is renamed, described, switched on; its id stays", async () => {
  const apiKey = await key("one");
  const update = (...patchOperations: Patch[]) => api.updateApiKey({ apiKey, patchOperations });
  await cloud.clock.advance("1 hour");
  const changed = await update(
    { op: "replace", path: "/name", value: "two" },
    { op: "replace", path: "/description", value: "d" },
    { op: "replace", path: "/customerId", value: "c" },
    { op: "replace", path: "/enabled", value: "true" },
  );
  const { createdDate, lastUpdatedDate, ...rest } = answer(changed);
  expect(rest).toEqual({
    id: apiKey,
    name: "two",
    description: "d",
    customerId: "c",
    enabled: true,
    stageKeys: [],
    tags: {},
  });
  expect((lastUpdatedDate?.getTime() ?? 0) - (createdDate?.getTime() ?? 0)).toBe(3_600_000);
  expect((await update({ op: "replace", path: "/enabled", value: "whatever" })).enabled).toBe(false);
  await expect(update({ op: "replace", path: "/id", value: "x" })).rejects.toMatchObject(
    bad(
      "Invalid patch path  '/id' specified for op 'replace'. Must be one of: [/description, /enabled, /name, /customerId]",
    ),
  );
  await expect(update({ op: "replace", path: "/description", value: "x".repeat(125_001) })).rejects.toMatchObject(
    bad("Invalid API Key description specified."),
  );
});

test("an API key may name stages that are there", async () => {
  await deployed();
  const made = await api.createApiKey({ stageKeys: [{ restApiId, stageName: "dev" }] });
  expect(made.stageKeys).toEqual([`${restApiId}/dev`]);
  await expect(api.createApiKey({ stageKeys: [{ restApiId, stageName: "none" }] })).rejects.toMatchObject({
    name: "BadRequestException",
  });
});

test("a usage plan is made, changed and deleted once it serves no stage", async () => {
  await deployed();
  const made = await api.createUsagePlan({
    name: "plan",
    description: "d",
    apiStages: [{ apiId: restApiId, stage: "dev" }],
  });
  const usagePlanId = made.id ?? "";
  const plan = { id: usagePlanId, name: "plan", description: "d", apiStages: [{ apiId: restApiId, stage: "dev" }] };
  expect([made.$metadata.httpStatusCode, answer(made)]).toEqual([201, plan]);
  expect(answer(await api.getUsagePlan({ usagePlanId }))).toEqual({ ...plan, tags: {} });
  expect((await api.getUsagePlans({})).items).toContainEqual(plan);
  const update = (...patchOperations: Patch[]) => api.updateUsagePlan({ usagePlanId, patchOperations });
  const changed = await update(
    { op: "replace", path: "/throttle/burstLimit", value: "100" },
    { op: "replace", path: "/throttle/rateLimit", value: "200" },
    { op: "replace", path: "/quota/limit", value: "5000" },
    { op: "replace", path: "/quota/offset", value: "0" },
    { op: "replace", path: "/quota/period", value: "MONTH" },
  );
  const limits = { quota: { limit: 5000, offset: 0, period: "MONTH" }, throttle: { burstLimit: 100, rateLimit: 200 } };
  expect(answer(changed)).toEqual({ ...plan, ...limits, tags: {} });
  const throttle = `/apiStages/${restApiId}:dev/throttle`;
  const narrowed = await update(
    { op: "replace", path: `${throttle}/~1pets/GET`, value: '{"burstLimit":1,"rateLimit":2}' },
    { op: "replace", path: `${throttle}/~1pets/GET/rateLimit`, value: "3" },
  );
  expect(narrowed.apiStages?.[0]?.throttle).toEqual({ "/pets/GET": { burstLimit: 1, rateLimit: 3 } });
  const unlimited = await update({ op: "remove", path: "/quota" }, { op: "remove", path: "/throttle" });
  expect([unlimited.quota, unlimited.throttle]).toEqual([undefined, undefined]);
  await expect(api.deleteUsagePlan({ usagePlanId })).rejects.toMatchObject({ name: "BadRequestException" });
  await update({ op: "remove", path: "/apiStages", value: `${restApiId}:dev` });
  expect((await api.deleteUsagePlan({ usagePlanId })).$metadata.httpStatusCode).toBe(202);
  await expect(update()).rejects.toMatchObject(missing("Invalid Usage Plan ID specified"));
});

test("a usage plan's wrong stages are named", async () => {
  await deployed();
  const { id: usagePlanId = "" } = await api.createUsagePlan({ name: "plan" });
  const add = (value?: string) =>
    api.updateUsagePlan({
      usagePlanId,
      patchOperations: [{ op: "add", path: "/apiStages", ...(value === undefined ? {} : { value }) }],
    });
  for (const value of [undefined, "fake"])
    await expect(add(value)).rejects.toMatchObject(bad("Invalid API Stage specified"));
  for (const [apiId, stage] of [
    [`${restApiId}b`, "dev"],
    [restApiId, "fakestagename"],
  ])
    await expect(add(`${apiId}:${stage}`)).rejects.toMatchObject(
      missing(`Invalid API Stage {api: ${apiId}, stage: ${stage}} specified for usageplan ${usagePlanId}`),
    );
});

test.each([
  [{ limit: 1, offset: 1, period: "DAY" as const }, "Usage Plan quota offset must be zero in the DAY period"],
  [
    { limit: 1, offset: 7, period: "WEEK" as const },
    "Usage Plan quota offset must be between zero and 6 inclusive in the WEEK period",
  ],
  [
    { limit: 1, offset: 28, period: "MONTH" as const },
    "Usage Plan quota offset must be between zero and 27 inclusive in the MONTH period",
  ],
])("a usage plan's quota cannot be %j", async (quota, message) => {
  await expect(api.createUsagePlan({ name: "plan", quota })).rejects.toMatchObject(bad(message));
});

test("API keys are put under a usage plan, and listed newest first", async () => {
  const [one, two] = [await key("one"), await key("two")];
  const { id: usagePlanId = "", apiStages } = await api.createUsagePlan({ name: "plan" });
  expect(apiStages).toEqual([]);
  const put = (keyId: string) => api.createUsagePlanKey({ usagePlanId, keyId, keyType: "API_KEY" });
  const made = await put(one);
  const { value } = await api.getApiKey({ apiKey: one, includeValue: true });
  expect([made.$metadata.httpStatusCode, answer(made)]).toEqual([
    201,
    { id: one, name: "one", type: "API_KEY", value },
  ]);
  await put(two);
  await expect(put(one)).rejects.toMatchObject({ name: "ConflictException" });
  await expect(put("nothing")).rejects.toMatchObject({ name: "NotFoundException" });
  expect(names(await api.getUsagePlanKeys({ usagePlanId }))).toEqual(["two", "one"]);
  expect(names(await api.getUsagePlanKeys({ usagePlanId, nameQuery: "on" }))).toEqual(["one"]);
  expect(names(await api.getUsagePlanKeys({ usagePlanId: "nothing" }))).toEqual([]);
  expect(answer(await api.getUsagePlanKey({ usagePlanId, keyId: one }))).toEqual(answer(made));
  expect((await api.getUsagePlans({ keyId: one })).items?.map((plan) => plan.id)).toEqual([usagePlanId]);
  await api.deleteUsagePlanKey({ usagePlanId, keyId: one });
  await api.deleteApiKey({ apiKey: two });
  expect(names(await api.getUsagePlanKeys({ usagePlanId }))).toEqual([]);
});

test("an API key has one usage plan for a stage", async () => {
  await deployed();
  const keyId = await key("one");
  const apiStages = [{ apiId: restApiId, stage: "dev" }];
  const plans = [
    await api.createUsagePlan({ name: "a", apiStages }),
    await api.createUsagePlan({ name: "b", apiStages }),
  ];
  const [first = "", second = ""] = plans.map((plan) => plan.id ?? "");
  await api.createUsagePlanKey({ usagePlanId: first, keyId, keyType: "API_KEY" });
  await expect(api.createUsagePlanKey({ usagePlanId: second, keyId, keyType: "API_KEY" })).rejects.toMatchObject({
    name: "ConflictException",
  });
});

test("a key's quota is raised for the period", async () => {
  const keyId = await key("one");
  const quota = { limit: 10, offset: 0, period: "DAY" as const };
  const { id: usagePlanId = "" } = await api.createUsagePlan({ name: "plan", quota });
  await api.createUsagePlanKey({ usagePlanId, keyId, keyType: "API_KEY" });
  const extend = (path: string) =>
    api.updateUsage({ usagePlanId, keyId, patchOperations: [{ op: "replace", path, value: "50" }] });
  expect((await extend("/remaining")).items).toEqual({ [keyId]: [[0, 50]] });
  await expect(extend("/used")).rejects.toMatchObject({ name: "BadRequestException" });
  const day = new Date(cloud.clock.now()).toISOString().slice(0, 10);
  const usage = await api.getUsage({ usagePlanId, startDate: day, endDate: day });
  expect(answer(usage)).toEqual({ usagePlanId, startDate: day, endDate: day, items: { [keyId]: [[0, 50]] } });
  await expect(api.getUsage({ usagePlanId, startDate: day, endDate: "2000-01-01" })).rejects.toMatchObject(
    bad("Usage start date must be before the end date"),
  );
});

test("API keys and usage plans are tagged by their ARNs", async () => {
  const { id: usagePlanId } = await api.createUsagePlan({ name: "plan", tags: { a: "1" } });
  for (const [kind, id] of [
    ["apikeys", await key("one", { tags: { a: "1" } })],
    ["usageplans", usagePlanId],
  ]) {
    const resourceArn = `arn:aws:apigateway:us-east-1::/${kind}/${id}`;
    await api.tagResource({ resourceArn, tags: { b: "2" } });
    await api.untagResource({ resourceArn, tagKeys: ["a"] });
    expect((await api.getTags({ resourceArn })).tags).toEqual({ b: "2" });
  }
});
