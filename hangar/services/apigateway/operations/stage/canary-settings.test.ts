// The canary of a stage through the SDK client, worded as AWS was recorded to word it (LocalStack's recordings).

import { APIGateway, type PatchOperation } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;
let restApiId: string;
let first: string;
let second: string;

const stageName = "dev";
const deploy = async (input: object = {}) => (await api.createDeployment({ restApiId, ...input })).id ?? "";
const update = (...patchOperations: PatchOperation[]) => api.updateStage({ restApiId, stageName, patchOperations });
const stage = (input: object = {}) => api.createStage({ restApiId, stageName, deploymentId: first, ...input });
const bad = (message: string) => ({ name: "BadRequestException", message });

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "canary-settings" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

beforeEach(async () => {
  const { id = "", rootResourceId: resourceId } = await api.createRestApi({ name: "canary" });
  restApiId = id;
  const place = { restApiId, resourceId, httpMethod: "GET" };
  await api.putMethod({ ...place, authorizationType: "NONE" });
  await api.putIntegration({ ...place, type: "MOCK" });
  first = await deploy();
  second = await deploy();
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

test("a stage is made with a canary, which changes and goes", async () => {
  const canarySettings = {
    deploymentId: second,
    percentTraffic: 50,
    stageVariableOverrides: { testVar: "canary" },
    useStageCache: false,
  };
  const made = await stage({
    variables: { testVar: "default" },
    canarySettings: { deploymentId: second, percentTraffic: 50, stageVariableOverrides: { testVar: "canary" } },
  });
  expect([made.deploymentId, made.canarySettings]).toEqual([first, canarySettings]);
  const path = "/canarySettings/stageVariableOverrides/testVar";
  const changed = await update({ op: "replace", path, value: "updated" });
  expect(changed.canarySettings).toEqual({ ...canarySettings, stageVariableOverrides: { testVar: "updated" } });
  expect((await update({ op: "remove", path })).canarySettings?.stageVariableOverrides).toBeUndefined();
  await expect(api.deleteDeployment({ restApiId, deploymentId: second })).rejects.toMatchObject(
    bad("Active stages pointing to this deployment must be moved or deleted"),
  );
  const gone = await update({ op: "remove", path: "/canarySettings" });
  expect([gone.canarySettings, gone.variables]).toEqual([undefined, { testVar: "default" }]);
});

test("a deployment becomes the canary of a stage that is there", async () => {
  await stage();
  const third = await deploy({
    stageName,
    canarySettings: { percentTraffic: 50, stageVariableOverrides: { testVar: "canary" } },
  });
  expect(await api.getStage({ restApiId, stageName })).toMatchObject({
    deploymentId: first,
    canarySettings: {
      deploymentId: third,
      percentTraffic: 50,
      stageVariableOverrides: { testVar: "canary" },
      useStageCache: false,
    },
  });
});

test("a first patch makes a canary of the stage's own deployment without traffic", async () => {
  await stage();
  const shared = await update({ op: "replace", path: "/canarySettings/percentTraffic", value: "50" });
  expect(shared.canarySettings).toEqual({ deploymentId: first, percentTraffic: 50, useStageCache: false });
  await update({ op: "remove", path: "/canarySettings" });
  const idle = await update({ op: "replace", path: "/canarySettings/deploymentId", value: second });
  expect(idle.canarySettings).toEqual({ deploymentId: second, percentTraffic: 0, useStageCache: false });
});

const content = "Invalid deployment content specified.";
const noName = `${content}Non null and non empty stageName must be provided for canary deployment. Provided value is `;

test.each([
  [{}, `${noName}null`],
  [{ stageName: "" }, noName],
  [
    { stageName: "non-existing" },
    `${content}Stage non-existing must already be created before making a canary release deployment`,
  ],
])("a canary deployment needs a stage that is there: %j", async (input, words) => {
  await expect(deploy({ ...input, canarySettings: { percentTraffic: 50 } })).rejects.toMatchObject(bad(words));
});

const noSetting = (path: string) =>
  `Cannot remove method setting ${path} because there is no method setting for this method `;

test.each<[PatchOperation, string]>([
  [
    { op: "remove", path: "/canarySettings/stageVariableOverrides" },
    noSetting("canarySettings/stageVariableOverrides"),
  ],
  [{ op: "remove", path: "/canarySettings/badPath" }, noSetting("canarySettings/badPath")],
  [
    { op: "add", path: "/canarySettings/deploymentId", value: "x" },
    "Invalid add operation with path: /canarySettings/deploymentId",
  ],
  [{ op: "replace", path: "/canarySettings/deploymentId", value: "x" }, "Deployment id does not exist"],
  [
    { op: "copy", path: "/canarySettings/stageVariableOverrides", from: "/variables" },
    "Invalid copy operation with path: /canarySettings/stageVariableOverrides and from /variables. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]",
  ],
  [
    { op: "copy", path: "/variables", from: "/canarySettings/stageVariableOverrides" },
    "Promotion not available. Canary does not exist.",
  ],
])("a stage refuses %j", async (operation, words) => {
  await stage();
  await expect(update(operation)).rejects.toMatchObject(bad(words));
});

test.each(["/canarySettings", "/canarySettings/badPath"])("%s is not a path that can be set", async (path) => {
  await stage();
  await expect(update({ op: "replace", path, value: "x" })).rejects.toMatchObject({
    name: "BadRequestException",
    message: expect.stringContaining(
      `Invalid method setting path: ${path}. Must be one of: [/deploymentId, `,
    ) as string,
  });
});

test("a share outside of 0 to 100, or a deployment that is not there, is refused", async () => {
  await expect(stage({ canarySettings: { deploymentId: "x" } })).rejects.toMatchObject(
    bad("Deployment id does not exist"),
  );
  await expect(stage({ canarySettings: { percentTraffic: 101 } })).rejects.toMatchObject({
    name: "BadRequestException",
  });
  await stage();
  await expect(update({ op: "replace", path: "/canarySettings/percentTraffic", value: "-1" })).rejects.toMatchObject({
    name: "BadRequestException",
  });
  expect((await api.getStage({ restApiId, stageName })).canarySettings).toBeUndefined();
});

test("a canary is promoted by copying its deployment and variables to the stage", async () => {
  await stage({
    variables: { testVar: "test", testVar2: "test2" },
    canarySettings: { deploymentId: second, percentTraffic: 50, stageVariableOverrides: { testVar: "override" } },
  });
  const { deploymentId, variables, canarySettings } = await update(
    { op: "replace", path: "/canarySettings/percentTraffic", value: "0.0" },
    { op: "copy", path: "/variables", from: "/canarySettings/stageVariableOverrides" },
    { op: "copy", path: "/deploymentId", from: "/canarySettings/deploymentId" },
  );
  expect([deploymentId, variables]).toEqual([second, { testVar: "override", testVar2: "test2" }]);
  expect(canarySettings).toMatchObject({ percentTraffic: 0, stageVariableOverrides: { testVar: "override" } });
});
