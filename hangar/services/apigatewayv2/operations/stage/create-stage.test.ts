// Stages and deployments of HTTP APIs through the SDK client.

import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: ApiGatewayV2;
let ApiId: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "apigatewayv2-stages" });
  api = new ApiGatewayV2({ ...cloud.clientConfig(), maxAttempts: 1 });
});

beforeEach(async () => {
  ApiId = (await api.createApi({ Name: "stages", ProtocolType: "HTTP" })).ApiId ?? "";
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const bad = { name: "BadRequestException" };
const answer = <Output extends { $metadata: unknown }>({ $metadata: _facts, ...rest }: Output) => rest;

test("a stage is shown with AWS's defaults", async () => {
  const made = await api.createStage({ ApiId, StageName: "dev" });
  expect(answer(made)).toEqual({
    CreatedDate: expect.any(Date) as Date,
    DefaultRouteSettings: { DetailedMetricsEnabled: false },
    LastUpdatedDate: expect.any(Date) as Date,
    RouteSettings: {},
    StageName: "dev",
    StageVariables: {},
    Tags: {},
  });
  await expect(api.createStage({ ApiId, StageName: "dev" })).rejects.toMatchObject({ name: "ConflictException" });
  await expect(api.createStage({ ApiId, StageName: "a b" })).rejects.toMatchObject(bad);
});

test("variables are changed one by one, and an empty text takes one away", async () => {
  await api.createStage({ ApiId, StageName: "dev", StageVariables: { a: "1", b: "2" } });
  const changed = await api.updateStage({ ApiId, StageName: "dev", StageVariables: { a: "", c: "3" } });
  expect(changed.StageVariables).toEqual({ b: "2", c: "3" });
});

test("settings of routes are put and taken off", async () => {
  const RouteSettings = { "GET /": { ThrottlingBurstLimit: 1, ThrottlingRateLimit: 2 } };
  await api.createStage({ ApiId, StageName: "dev", RouteSettings });
  expect((await api.getStage({ ApiId, StageName: "dev" })).RouteSettings).toEqual(RouteSettings);
  await api.deleteRouteSettings({ ApiId, StageName: "dev", RouteKey: "GET /" });
  expect((await api.getStages({ ApiId })).Items?.[0]?.RouteSettings).toEqual({});
  await expect(api.deleteRouteSettings({ ApiId, StageName: "dev", RouteKey: "GET /" })).rejects.toMatchObject({
    name: "NotFoundException",
  });
});

test("access logs are set and ended", async () => {
  const DestinationArn = "arn:aws:logs:us-east-1:000000000000:log-group:api";
  const settings = { DestinationArn, Format: "$context.requestId" };
  await api.createStage({ ApiId, StageName: "dev", AccessLogSettings: settings });
  expect((await api.getStage({ ApiId, StageName: "dev" })).AccessLogSettings).toEqual(settings);
  await api.deleteAccessLogSettings({ ApiId, StageName: "dev" });
  expect((await api.getStage({ ApiId, StageName: "dev" })).AccessLogSettings).toBeUndefined();
  for (const wrong of [
    { DestinationArn: "x", Format: "$context.requestId" },
    { DestinationArn, Format: "$context.path" },
  ])
    await expect(api.updateStage({ ApiId, StageName: "dev", AccessLogSettings: wrong })).rejects.toMatchObject(bad);
});

test("execution logs are for WebSocket APIs", async () => {
  await expect(
    api.createStage({ ApiId, StageName: "dev", DefaultRouteSettings: { LoggingLevel: "INFO" } }),
  ).rejects.toMatchObject({ ...bad, message: "Execution logs are not supported on protocolType HTTP" });
});

test("a deployment is made of an API that has routes, and stays while a stage is on it", async () => {
  await expect(api.createDeployment({ ApiId })).rejects.toMatchObject({
    ...bad,
    message: "At least one route is required before deploying the Api.",
  });
  await api.createRoute({ ApiId, RouteKey: "GET /" });
  await api.createStage({ ApiId, StageName: "dev" });
  const made = await api.createDeployment({ ApiId, StageName: "dev", Description: "first" });
  const { DeploymentId = "" } = made;
  expect(answer(made)).toEqual({
    AutoDeployed: false,
    CreatedDate: expect.any(Date) as Date,
    DeploymentId,
    DeploymentStatus: "DEPLOYED",
    Description: "first",
  });
  expect((await api.getStage({ ApiId, StageName: "dev" })).DeploymentId).toBe(DeploymentId);
  await api.updateDeployment({ ApiId, DeploymentId, Description: "second" });
  expect((await api.getDeployment({ ApiId, DeploymentId })).Description).toBe("second");
  await expect(api.deleteDeployment({ ApiId, DeploymentId })).rejects.toMatchObject(bad);
  await api.deleteStage({ ApiId, StageName: "dev" });
  await api.deleteDeployment({ ApiId, DeploymentId });
  expect((await api.getDeployments({ ApiId })).Items).toEqual([]);
});

test("a stage that deploys by itself does so after each change", async () => {
  const { DeploymentId: first } = await api.createStage({ ApiId, StageName: "$default", AutoDeploy: true });
  await api.createRoute({ ApiId, RouteKey: "GET /" });
  await cloud.settle();
  const { DeploymentId: second, LastDeploymentStatusMessage } = await api.getStage({ ApiId, StageName: "$default" });
  expect(second).not.toBe(first);
  expect(LastDeploymentStatusMessage).toBe(`Successfully deployed stage with deployment ID '${second ?? ""}'`);
  expect((await api.getDeployments({ ApiId })).Items).toMatchObject([
    {
      AutoDeployed: true,
      DeploymentId: second,
      Description: "Automatic deployment triggered by changes to the Api configuration",
    },
  ]);
  await expect(api.createDeployment({ ApiId, StageName: "$default" })).rejects.toMatchObject(bad);
  await expect(api.updateStage({ ApiId, StageName: "$default", DeploymentId: second })).rejects.toMatchObject(bad);
});
