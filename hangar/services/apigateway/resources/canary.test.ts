// Canary releases in templates: of a stage, of a deployment, and of the stage that a deployment makes.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let api: APIGateway;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "canary-stack" });
  at = stacksOf(cloud, { team: "a" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const withMethod = {
  Api: { Type: "AWS::ApiGateway::RestApi", Properties: { Name: "canary" } },
  Get: {
    Type: "AWS::ApiGateway::Method",
    Properties: {
      RestApiId: ref("Api"),
      ResourceId: attribute("Api", "RootResourceId"),
      HttpMethod: "GET",
      AuthorizationType: "NONE",
      Integration: { Type: "MOCK" },
    },
  },
};

const deployment = (more: object = {}, ...after: string[]): Resources[string] => ({
  Type: "AWS::ApiGateway::Deployment",
  Properties: { RestApiId: ref("Api"), ...more },
  DependsOn: ["Get", ...after],
});

const outputs = { Api: ref("Api"), Base: ref("Base"), Next: ref("Next") };

const canaryOf = async (restApiId = "") => {
  const { deploymentId, canarySettings } = await api.getStage({ restApiId, stageName: "prod" });
  return { deploymentId, canarySettings };
};

test("a stage's canary is made, changed and taken away in place", async () => {
  const stack = (CanarySetting?: object): Resources => ({
    ...withMethod,
    Base: deployment(),
    Next: deployment(),
    Stage: {
      Type: "AWS::ApiGateway::Stage",
      Properties: {
        RestApiId: ref("Api"),
        DeploymentId: ref("Base"),
        StageName: "prod",
        ...(CanarySetting === undefined ? {} : { CanarySetting }),
      },
    },
  });
  const DeploymentId = ref("Next");
  const made = await at.deploy(
    "stage",
    stack({ DeploymentId, PercentTraffic: 10.5, StageVariableOverrides: { a: "1", b: "2" } }),
    outputs,
  );
  const shown = (settings: object) => ({
    deploymentId: made["Base"],
    canarySettings: { useStageCache: false, ...settings },
  });
  expect(await canaryOf(made["Api"])).toEqual(
    shown({ deploymentId: made["Next"], percentTraffic: 10.5, stageVariableOverrides: { a: "1", b: "2" } }),
  );
  await at.deploy("stage", stack({ DeploymentId, UseStageCache: true, StageVariableOverrides: { a: "3" } }), outputs);
  expect(await canaryOf(made["Api"])).toEqual(
    shown({
      deploymentId: made["Next"],
      percentTraffic: 0,
      useStageCache: true,
      stageVariableOverrides: { a: "3" },
    }),
  );
  await at.deploy("stage", stack(), outputs);
  expect(await canaryOf(made["Api"])).toEqual({ deploymentId: made["Base"], canarySettings: undefined });
  await at.destroy("stage");
});

test("a deployment becomes the canary of the stage that an earlier one made", async () => {
  const stack: Resources = {
    ...withMethod,
    Base: deployment({ StageName: "prod", StageDescription: { CanarySetting: { PercentTraffic: 5 } } }),
    Next: deployment({ StageName: "prod", DeploymentCanarySettings: { PercentTraffic: 20 } }, "Base"),
  };
  const made = await at.deploy("deployment", stack, outputs);
  expect(await canaryOf(made["Api"])).toEqual({
    deploymentId: made["Base"],
    canarySettings: { deploymentId: made["Next"], percentTraffic: 20, useStageCache: false },
  });
});
