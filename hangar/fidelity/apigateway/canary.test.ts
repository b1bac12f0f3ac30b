// Canary releases, as they were recorded from AWS (see ../NOTICE).

import type { Input, Session } from "../session.ts";
import { invoke, mockOf } from "./mock.ts";
import { add, recorded, remove, replace, type Patch } from "./session.ts";

const C = "TestStageCrudCanary::test_";
const told = (message: string, more: Input = {}) => JSON.stringify({ statusCode: 200, message, ...more });
const canary = (percentTraffic: number, testVar: string) => ({
  percentTraffic,
  stageVariableOverrides: { testVar },
});
const variables = { testVar: "default" };
const description = "dev stage";

/** An API that answers of itself, its stages and their patches. */
async function apiWith(s: Session, template = told("default deployment")) {
  const api = await mockOf(s, template);
  const deploy = (label: string, input: Input = {}) => api.is(label, "CreateDeployment", input);
  const update = (label: string, patchOperations: readonly (Patch | object)[], stageName = "dev") =>
    api.is(label, "UpdateStage", { stageName, patchOperations });
  const get = (label: string, stageName = "dev") => api.is(label, "GetStage", { stageName });
  return { ...api, deploy, update, get };
}

const answer = "/responseTemplates/application~1json";
const copied = (from: string, path: string) => ({ op: "copy", from, path });
const promotion = [
  copied("/canarySettings/deploymentId", "/deploymentId"),
  copied("/canarySettings/stageVariableOverrides", "/variables"),
];

recorded(import.meta.url, "apigateway-canary", {
  async [`${C}create_update_stages`](s) {
    const { is, deploy, update, get, answers } = await apiWith(s);
    const { id: deploymentId } = await deploy("create-deployment-1");
    await answers(replace(answer, told("second deployment")));
    const { id: second } = await deploy("create-deployment-2");
    const canarySettings = { deploymentId: second, ...canary(50, "canary") };
    const stage = { stageName: "dev", deploymentId, description, variables, canarySettings };
    await is("create-stage", "CreateStage", stage);
    await get("get-stage");
    const overridden = replace("/canarySettings/stageVariableOverrides/testVar", "updated");
    await update("update-stage-canary-settings-overrides", overridden);
    await update("update-stage-remove-canary-settings", remove("/canarySettings"));
    await get("get-stage-after-remove");
  },
  async [`${C}create_canary_deployment_with_stage`](s) {
    const { is, deploy, get } = await apiWith(s);
    const { id: deploymentId } = await deploy("create-deployment");
    await is("create-stage", "CreateStage", { stageName: "dev", deploymentId, description, variables });
    const canarySettings = canary(50, "canary");
    await deploy("create-canary-deployment", { stageName: "dev", canarySettings });
    await get("get-stage");
  },
  async [`${C}create_canary_deployment`](s) {
    const { is, deploy, get } = await apiWith(s);
    const { id: deploymentId } = await deploy("create-deployment");
    const stage = { deploymentId, description, variables };
    const create = (label: string, stageName: string, canarySettings: Input) =>
      is(label, "CreateStage", { ...stage, stageName, canarySettings });
    await create("create-stage", "dev1", { deploymentId, ...canary(40, "canary1") });
    const own = { stageName: "dev1", canarySettings: canary(50, "canary2") };
    const { id } = await deploy("create-canary-deployment", own);
    await get("get-stage-1", "dev1");
    await create("create-stage-2", "dev2", { deploymentId: id, ...canary(60, "canary-overridden") });
    await create("bad-canary-deployment-id", "dev3", { deploymentId: "deploy" });
  },
  async [`${C}create_canary_deployment_by_stage_update`](s) {
    const { is, deploy, update, get } = await apiWith(s);
    const { id: deploymentId } = await deploy("create-deployment");
    const { id: second } = await deploy("create-deployment-2");
    await is("create-stage", "CreateStage", { stageName: "dev", deploymentId, description, variables });
    await update("update-stage-with-deployment", replace("/canarySettings/deploymentId", String(second)));
    await update("remove-stage-canary", remove("/canarySettings"));
    await update("update-stage-with-percent", replace("/canarySettings/percentTraffic", "50"));
    await get("get-stage");
  },
  async [`${C}create_canary_deployment_validation`](s) {
    const { deploy } = await apiWith(s);
    const canarySettings = canary(50, "canary");
    await deploy("create-canary-deployment-no-stage", { canarySettings });
    await deploy("create-canary-deployment-empty-stage", { stageName: "", canarySettings });
    await deploy("create-canary-deployment-non-existing-stage", { stageName: "non-existing", canarySettings });
  },
  async [`${C}update_stage_canary_deployment_validation`](s) {
    const { do: call, update, get } = await apiWith(s);
    await call("CreateDeployment", { stageName: "dev" });
    await get("get-stage");
    await call("CreateDeployment", { stageName: "dev", canarySettings: canary(50, "canary") });
    const settings = "update-stage-canary-settings";
    await update(`${settings}-remove-overrides`, remove("/canarySettings/stageVariableOverrides"));
    await update(`${settings}-bad-path`, remove("/canarySettings/badPath"));
    await update(`${settings}-bad-path-2`, replace("/canarySettings", "test"));
    await update(`${settings}-replace-bad-path`, replace("/canarySettings/badPath", "badPath"));
    const { id } = await call("CreateDeployment", { stageName: "dev2" });
    await update("update-stage-add-deployment", add("/canarySettings/deploymentId", String(id)), "dev2");
    await update("update-stage-no-deployment", replace("/canarySettings/deploymentId", "deploy"), "dev2");
  },
  async [`${C}update_stage_with_copy_ops`](s) {
    const { deploy, update, get } = await apiWith(s);
    await deploy("deployment-1", { stageName: "dev", variables: { testVar: "test", testVar2: "test2" } });
    await update("copy-with-bad-statement", [
      copied("/variables", "/canarySettings/stageVariableOverrides"),
      copied("/deploymentId", "/canarySettings/deploymentId"),
    ]);
    await update("copy-with-no-replace", promotion.toReversed());
    const promoted = [...replace("/canarySettings/percentTraffic", "0.0"), ...promotion];
    await update("update-stage-with-copy", promoted);
    await deploy("deployment-canary", { stageName: "dev", canarySettings: canary(50, "override") });
    await get("get-stage");
    await update("update-stage-with-copy-2", promoted);
  },
  "TestCanaryDeployments::test_invoking_canary_deployment": async (s) => {
    const stage = "$stageVariables";
    const body = {
      variable: `${stage}.testVar`,
      nonExistingDefault: `${stage}.noStageVar`,
      nonOverridden: `${stage}.defaultVar`,
      isCanary: "$context.isCanaryRequest",
    };
    const { id, deploy, update, answers } = await apiWith(s, told("default deployment", body));
    const own = { testVar: "default", defaultVar: "default" };
    await deploy("create-deployment-1", { stageName: "dev", variables: own });
    await answers(replace(answer, told("canary deployment", body)));
    const stageVariableOverrides = { testVar: "canary", noStageVar: "canary" };
    const canarySettings = { percentTraffic: 0, stageVariableOverrides };
    await deploy("create-deployment-2", { stageName: "dev", canarySettings });
    s.matches("response-deployment-1", (await invoke(s, id, "GET /dev/")).body);
    await update("update-stage", replace("/canarySettings/percentTraffic", "100.0"));
    s.matches("response-canary-deployment", (await invoke(s, id, "GET /dev/")).body);
  },
});
