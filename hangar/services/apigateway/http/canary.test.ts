// Requests that a stage's canary serves.

import {
  CreateDeploymentCommand,
  GetResourcesCommand,
  UpdateAccountCommand,
  UpdateIntegrationResponseCommand,
  UpdateStageCommand,
  type PatchOperation,
} from "@aws-sdk/client-api-gateway";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addRoutes, callApi, deploy, makeApi, makeRole, startApiCloud, type ApiCloud } from "./test-api.ts";

let at: ApiCloud;
let restApiId: string;

const words = (name: string): string =>
  `${name} $context.isCanaryRequest $stageVariables.shared $stageVariables.own $stageVariables.kept`;

beforeAll(async () => {
  at = await startApiCloud("apigateway-canary");
  restApiId = await makeApi(at);
  await addRoutes(at, restApiId, {
    "GET /": {
      integration: { type: "MOCK", requestTemplates: { "application/json": '{"statusCode":200}' } },
      responses: { 200: { responseTemplates: { "application/json": words("base") } } },
    },
  });
  await deploy(at, restApiId);
  await update(
    { op: "replace", path: "/variables/shared", value: "base" },
    { op: "replace", path: "/variables/kept", value: "kept" },
  );
  const { items = [] } = await at.gateway.send(new GetResourcesCommand({ restApiId }));
  await at.gateway.send(
    new UpdateIntegrationResponseCommand({
      restApiId,
      resourceId: items[0]?.id ?? "",
      httpMethod: "GET",
      statusCode: "200",
      patchOperations: [{ op: "replace", path: "/responseTemplates/application~1json", value: words("canary") }],
    }),
  );
  const stageVariableOverrides = { shared: "canary", own: "own" };
  await at.gateway.send(
    new CreateDeploymentCommand({ restApiId, stageName: "live", canarySettings: { stageVariableOverrides } }),
  );
});

afterAll(() => at.cloud.close());

const update = (...patchOperations: PatchOperation[]) =>
  at.gateway.send(new UpdateStageCommand({ restApiId, stageName: "live", patchOperations }));
const share = (value: string) => update({ op: "replace", path: "/canarySettings/percentTraffic", value });
const ask = async (): Promise<string> => (await callApi(at, restApiId, "GET /live/")).text;

const BASE = "base false base  kept";
const CANARY = "canary true canary own kept";

async function canaries(count: number): Promise<number> {
  let found = 0;
  for (let asked = 0; asked < count; asked += 1) found += (await ask()) === CANARY ? 1 : 0;
  return found;
}

test("without traffic every request is the stage's own", async () => {
  expect(await ask()).toBe(BASE);
  expect(await canaries(10)).toBe(0);
});

test("with all traffic every request is the canary's, with its variables over the stage's", async () => {
  await share("100");
  expect(await ask()).toBe(CANARY);
  expect(await canaries(10)).toBe(10);
});

test("with a share of it, that share is", async () => {
  await share("30");
  const found = await canaries(100);
  expect(found).toBeGreaterThan(15);
  expect(found).toBeLessThan(45);
});

test("a canary's logs have groups of their own", async () => {
  const value = await makeRole(at, "logs", "apigateway.amazonaws.com");
  await at.gateway.send(
    new UpdateAccountCommand({ patchOperations: [{ op: "replace", path: "/cloudwatchRoleArn", value }] }),
  );
  await update(
    { op: "replace", path: "/*/*/logging/loglevel", value: "INFO" },
    {
      op: "replace",
      path: "/accessLogSettings/destinationArn",
      value: "arn:aws:logs:us-east-1:000000000000:log-group:access",
    },
    { op: "replace", path: "/accessLogSettings/format", value: "$context.requestId $context.isCanaryRequest" },
  );
  await share("100");
  await ask();
  const logs = new CloudWatchLogsClient(at.cloud.clientConfig());
  const lines = async (logGroupName: string): Promise<readonly string[]> =>
    ((await logs.send(new FilterLogEventsCommand({ logGroupName }))).events ?? []).map(({ message = "" }) => message);
  expect(await lines("access/Canary")).toEqual([expect.stringMatching(/^\S+ true$/)]);
  expect(await lines(`API-Gateway-Execution-Logs_${restApiId}/live/Canary`)).not.toEqual([]);
});

test("once promoted it is the stage", async () => {
  await update(
    { op: "copy", path: "/deploymentId", from: "/canarySettings/deploymentId" },
    { op: "copy", path: "/variables", from: "/canarySettings/stageVariableOverrides" },
    { op: "remove", path: "/canarySettings" },
  );
  expect(await ask()).toBe("canary  canary own kept");
});
