// Deployments and stages through the SDK client.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;
let restApiId: string;
let root: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "stage" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

beforeEach(async () => {
  const made = await api.createRestApi({ name: "stage" });
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

beforeEach(async () => {
  const place = { restApiId, resourceId: root, httpMethod: "GET" };
  await api.putMethod({ ...place, authorizationType: "NONE" });
  await api.putIntegration({ ...place, type: "MOCK" });
});

const deploy = async (input: object = {}) => (await api.createDeployment({ restApiId, ...input })).id ?? "";
const update = (...patchOperations: Patch[]) => api.updateStage({ restApiId, stageName: "s1", patchOperations });
const set = (path: string, value?: string, op: Patch["op"] = "replace") =>
  update({ op, path, ...(value === undefined ? {} : { value }) });

const fresh = (deploymentId: string) => ({
  deploymentId,
  stageName: "s1",
  cacheClusterEnabled: false,
  cacheClusterStatus: "NOT_AVAILABLE",
  methodSettings: {},
  tracingEnabled: false,
  createdDate: expect.any(Date),
  lastUpdatedDate: expect.any(Date),
});
const settings = {
  cacheDataEncrypted: false,
  cacheTtlInSeconds: 300,
  cachingEnabled: false,
  dataTraceEnabled: false,
  metricsEnabled: false,
  requireAuthorizationForCacheControl: true,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
};

test("a deployment is served by the stage it names, and kept while it is", async () => {
  const made = await api.createDeployment({ restApiId, stageName: "s1", description: "one" });
  const first = made.id ?? "";
  const shown = { id: first, description: "one", createdDate: expect.any(Date) };
  expect([made.$metadata.httpStatusCode, answer(made)]).toEqual([201, shown]);
  expect((await api.getStages({ restApiId })).item).toEqual([fresh(first)]);
  const gone = (deploymentId: string) => api.deleteDeployment({ restApiId, deploymentId });
  await expect(gone(first)).rejects.toMatchObject(
    bad("Active stages pointing to this deployment must be moved or deleted"),
  );
  const second = await deploy({ stageName: "s1", variables: { a: "1" } });
  const { item = [] } = await api.getStages({ restApiId, deploymentId: second });
  expect(item).toEqual([{ ...fresh(second), variables: { a: "1" } }]);
  expect((await api.getStages({ restApiId, deploymentId: first })).item).toEqual([]);
  expect((await gone(first)).$metadata.httpStatusCode).toBe(202);
  expect((await api.getDeployments({ restApiId })).items?.map((each) => each.id)).toEqual([second]);
  expect((await api.deleteStage({ restApiId, stageName: "s1" })).$metadata.httpStatusCode).toBe(202);
  await gone(second);
  await expect(api.getDeployment({ restApiId, deploymentId: second })).rejects.toMatchObject(
    missing("Invalid Deployment identifier specified"),
  );
});

test("a deployment's description changes, and its methods are summed up when asked for", async () => {
  const deploymentId = await deploy();
  const patchOperations = [{ op: "replace" as const, path: "/description", value: "new-description" }];
  const changed = await api.updateDeployment({ restApiId, deploymentId, patchOperations });
  expect(changed.description).toBe("new-description");
  const { apiSummary } = await api.getDeployment({ restApiId, deploymentId, embed: ["apisummary"] });
  expect(apiSummary).toEqual({ "/": { GET: { authorizationType: "NONE", apiKeyRequired: false } } });
});

test("an API without methods, or with a method that calls nothing, is not deployed", async () => {
  await api.deleteIntegration({ restApiId, resourceId: root, httpMethod: "GET" });
  await expect(deploy()).rejects.toMatchObject(bad("No integration defined for method"));
  await api.deleteMethod({ restApiId, resourceId: root, httpMethod: "GET" });
  await expect(deploy()).rejects.toMatchObject(bad("The REST API doesn't contain any methods"));
});

test("a stage is made of a deployment that is there, once", async () => {
  const deploymentId = await deploy();
  const made = await api.createStage({
    restApiId,
    stageName: "s1",
    deploymentId,
    description: "my stage",
    documentationVersion: "v123",
    variables: { a: "b" },
    tags: { t: "1" },
  });
  const shown = { description: "my stage", documentationVersion: "v123", variables: { a: "b" }, tags: { t: "1" } };
  expect([made.$metadata.httpStatusCode, answer(made)]).toEqual([201, { ...fresh(deploymentId), ...shown }]);
  expect(answer(await api.getStage({ restApiId, stageName: "s1" }))).toEqual(answer(made));
  await expect(api.createStage({ restApiId, stageName: "s1", deploymentId })).rejects.toMatchObject({
    name: "ConflictException",
    message: "Stage already exists",
  });
  await expect(api.createStage({ restApiId, stageName: "s2", deploymentId: "nothing" })).rejects.toMatchObject(
    bad("Deployment id does not exist"),
  );
  await expect(api.createStage({ restApiId, stageName: "a b", deploymentId })).rejects.toMatchObject({
    name: "BadRequestException",
  });
  await expect(api.getStage({ restApiId, stageName: "s2" })).rejects.toMatchObject(
    missing("Invalid stage identifier specified"),
  );
});

test("an API has ten stages at most, and a deployment names none that cannot be", async () => {
  const deploymentId = await deploy({ stageName: "s0" });
  for (let index = 1; index < 10; index += 1)
    await api.createStage({ restApiId, stageName: `s${index}`, deploymentId });
  const full = {
    name: "LimitExceededException",
    $metadata: expect.objectContaining({ httpStatusCode: 429 }),
    message:
      "Maximum number of Stages for this API has been reached. Please contact AWS if you need additional Stages.",
  };
  await expect(api.createStage({ restApiId, stageName: "more", deploymentId })).rejects.toMatchObject(full);
  await expect(deploy({ stageName: "more" })).rejects.toMatchObject(full);
  await expect(deploy({ stageName: "a b" })).rejects.toMatchObject(bad("Stage name only allows a-zA-Z0-9_"));
  await deploy({ stageName: "s1", cacheClusterEnabled: true, cacheClusterSize: "0.5" });
  const { cacheClusterEnabled, cacheClusterSize } = await api.getStage({ restApiId, stageName: "s1" });
  expect([cacheClusterEnabled, cacheClusterSize]).toEqual([true, "0.5"]);
});

test("settings of a stage's methods begin with AWS's defaults, a method's with those of all methods", async () => {
  const deploymentId = await deploy({ stageName: "s1" });
  const changed = await update(
    { op: "replace", path: "/description", value: "stage new" },
    { op: "replace", path: "/variables/var1", value: "test" },
    { op: "replace", path: "/variables/var2", value: "test2" },
    { op: "replace", path: "/*/*/throttling/burstLimit", value: "123" },
    { op: "replace", path: "/*/*/caching/enabled", value: "true" },
    { op: "replace", path: "/~1test/GET/throttling/burstLimit", value: "124" },
    { op: "replace", path: "/tracingEnabled", value: "true" },
  );
  expect(answer(changed)).toEqual({
    ...fresh(deploymentId),
    description: "stage new",
    variables: { var1: "test", var2: "test2" },
    methodSettings: {
      "*/*": { ...settings, throttlingBurstLimit: 123, cachingEnabled: true },
      "~1test/GET": { ...settings, throttlingBurstLimit: 124, cachingEnabled: true },
    },
    tracingEnabled: true,
  });
  const removed = await update({ op: "remove", path: "/*/*" }, { op: "remove", path: "/variables/var1" });
  expect([Object.keys(removed.methodSettings ?? {}), removed.variables]).toEqual([["~1test/GET"], { var2: "test2" }]);
});

test("a stage's wrong patches are named", async () => {
  await deploy({ stageName: "s1" });
  for (const path of ["/documentation_version", "/tags/tag1"])
    await expect(set(path, "x")).rejects.toMatchObject({
      name: "BadRequestException",
      message: expect.stringMatching(
        new RegExp(
          `^Invalid method setting path: ${path}\\. Must be one of: \\[/deploymentId, .*, /tracingEnabled\\]$`,
        ),
      ),
    });
  await expect(set("/*/*", undefined, "remove")).rejects.toMatchObject(
    bad("Cannot remove method setting */* because there is no method setting for this method "),
  );
  await expect(set("/deploymentId", "nothing")).rejects.toMatchObject(bad("Deployment id does not exist"));
});

test.each([
  ["/*/*/throttling/rateLimit", "abc", "it must be a number"],
  ["/*/*/caching/ttlInSeconds", "", "it must be a number"],
  ["/*/*/logging/loglevel", "LOUD", "it must be one of [OFF, ERROR, INFO]"],
  ["/variables/a-b", "x", "Invalid stage variable name: a-b"],
  ["/variables/ab", "x!", "Invalid stage variable value of key ab."],
])("%s is never %j", async (path, value, words) => {
  await deploy({ stageName: "s1" });
  const before = await api.getStage({ restApiId, stageName: "s1" });
  await expect(set(path, value)).rejects.toMatchObject({
    name: "BadRequestException",
    message: expect.stringContaining(words) as string,
  });
  expect((await api.getStage({ restApiId, stageName: "s1" })).methodSettings).toEqual(before.methodSettings);
  await expect(deploy({ stageName: "s2", variables: { ab: "x!" } })).rejects.toThrow("of key ab.");
});

test("logging needs a role in the account's settings", async () => {
  const deploymentId = await deploy({ stageName: "s1" });
  const group = "arn:aws:logs:us-east-1:000000000000:log-group:access";
  const needs = bad("CloudWatch Logs role ARN must be set in account settings to enable logging");
  await expect(set("/*/*/logging/loglevel", "INFO")).rejects.toMatchObject(needs);
  await expect(set("/accessLogSettings/destinationArn", group)).rejects.toMatchObject(needs);
  expect((await set("/*/*/logging/loglevel", "OFF")).methodSettings).toEqual({
    "*/*": { ...settings, loggingLevel: "OFF" },
  });
  const role = "arn:aws:iam::000000000000:role/logs";
  const path = "/cloudwatchRoleArn";
  const account = await api.updateAccount({ patchOperations: [{ op: "replace", path, value: role }] });
  expect(account.cloudwatchRoleArn).toBe(role);
  expect((await set("/*/*/logging/loglevel", "INFO")).methodSettings?.["*/*"]?.loggingLevel).toBe("INFO");
  expect((await set("/accessLogSettings/destinationArn", group, "add")).accessLogSettings).toEqual({
    destinationArn: group,
  });
  expect((await set("/accessLogSettings/format", "$context.requestId")).accessLogSettings).toEqual({
    destinationArn: group,
    format: "$context.requestId",
  });
  await set("/*/*", undefined, "remove");
  expect(answer(await set("/accessLogSettings", undefined, "remove"))).toEqual(fresh(deploymentId));
  await api.updateAccount({ patchOperations: [{ op: "replace", path, value: "" }] });
});

test("an access log's settings have two members, neither empty, removed together", async () => {
  await deploy({ stageName: "s1" });
  const two =
    "Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]";
  for (const op of ["add", "replace"] as const)
    for (const path of ["/accessLogSettings/randomValue", "/accessLogSettings/*", "/accessLogSettings"])
      await expect(set(path, "x", op)).rejects.toMatchObject(bad(two));
  for (const name of ["destinationArn", "format"])
    await expect(set(`/accessLogSettings/${name}`, "")).rejects.toMatchObject(
      bad("Access Log value must not be empty"),
    );
  for (const name of ["destinationArn", "randomValue", "*"])
    await expect(set(`/accessLogSettings/${name}`, undefined, "remove")).rejects.toMatchObject(
      bad(`Cannot remove method setting accessLogSettings/${name} because there is no method setting for this method `),
    );
});

test("what an authorizer decided is forgotten by a stage that is there", async () => {
  await deploy({ stageName: "s1" });
  const flushed = await api.flushStageAuthorizersCache({ restApiId, stageName: "s1" });
  expect(flushed.$metadata.httpStatusCode).toBe(202);
  await expect(api.flushStageAuthorizersCache({ restApiId, stageName: "s2" })).rejects.toMatchObject(
    missing("Invalid stage identifier specified"),
  );
});

test("an account has throttles, and a role that is a role's ARN", async () => {
  expect(answer(await api.getAccount({}))).toEqual({
    throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
    features: ["UsagePlans"],
    apiKeyVersion: "4",
  });
  const replace = (path: string, value: string) =>
    api.updateAccount({ patchOperations: [{ op: "replace", path, value }] });
  await expect(replace("/cloudwatchRoleArn", "logs")).rejects.toMatchObject({ name: "BadRequestException" });
  await expect(replace("/wrong", "x")).rejects.toMatchObject(bad("Invalid patch path /wrong"));
});

test("a stage is tagged by its ARN", async () => {
  await deploy({ stageName: "s1" });
  const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${restApiId}/stages/s1`;
  await api.tagResource({ resourceArn, tags: { a: "1", b: "2" } });
  await api.untagResource({ resourceArn, tagKeys: ["a"] });
  expect((await api.getTags({ resourceArn })).tags).toEqual({ b: "2" });
});
