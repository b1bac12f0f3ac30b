// Stages, deployments and versions of documentation, as they were recorded from AWS (see ../NOTICE).

import type { Input, Session } from "../session.ts";
import { apiOf, recorded, remove, replace, type Patch } from "./session.ts";

const S = "TestStages::test_";
const D = "TestDeployments::test_";

/** An API with a mock method. */
async function mocked(s: Session) {
  const api = await apiOf(s);
  const method = { resourceId: api.root, httpMethod: "GET" };
  await api.do("PutMethod", { ...method, authorizationType: "NONE" });
  await api.do("PutIntegration", { ...method, type: "MOCK" });
  return api;
}

async function stageOf(s: Session) {
  const api = await mocked(s);
  const { id: deploymentId } = await api.do("CreateDeployment");
  await api.do("CreateDocumentationPart", { location: { type: "API" }, properties: '{"foo": "bar"}' });
  await api.do("CreateDocumentationVersion", { documentationVersion: "v123" });
  const stage = { stageName: "s1", deploymentId, description: "my stage", documentationVersion: "v123" };
  await api.is("create-stage", "CreateStage", stage);
  const update = (label: string, patchOperations: Patch[]) =>
    api.is(label, "UpdateStage", { stageName: "s1", patchOperations });
  const get = (label: string) => api.is(label, "GetStage", { stageName: "s1" });
  return { update, get };
}

/** Deletes what a stage points to, which is refused, then both, and makes both again, three times. */
async function deleteDeployments(s: Session, isManual: boolean): Promise<void> {
  const { is, do: call } = await mocked(s);
  const make = async (): Promise<Input> => {
    const { id: deploymentId } = await call("CreateDeployment", isManual ? {} : { stageName: "s1" });
    if (isManual) await call("CreateStage", { stageName: "s1", deploymentId });
    return { deploymentId };
  };
  let deployment = await make();
  await is("get-deployment", "GetDeployment", deployment);
  await is("get-stages", "GetStages");
  for (const turn of [0, 1, 2]) {
    await is(`delete-deployment-error-${turn}`, "DeleteDeployment", deployment);
    await call("DeleteStage", { stageName: "s1" });
    await call("DeleteDeployment", deployment);
    deployment = await make();
    await is(`get-deployments-${turn}`, "GetDeployments");
    await is(`get-stages-${turn}`, "GetStages");
  }
}

recorded(import.meta.url, "apigateway-common", {
  async [`${S}create_update_stages`](s) {
    const { update, get } = await stageOf(s);
    await update("error-update-doc-version", replace("/documentation_version", "123"));
    await update("error-update-tags", replace("/tags/tag1", "value1"));
    await update("update-stage", [
      ...replace("/description", "stage new"),
      ...replace("/variables/var1", "test"),
      ...replace("/variables/var2", "test2"),
      ...replace("/*/*/throttling/burstLimit", "123"),
      ...replace("/*/*/caching/enabled", "true"),
      ...replace("/tracingEnabled", "true"),
      ...replace("/test/GET/throttling/burstLimit", "124"),
    ]);
    await get("get-stage");
    await update("update-stage-override", replace("/*/*/throttling/burstLimit", "100"));
  },
  async [`${S}update_stage_remove_wildcard`](s) {
    const { update, get } = await stageOf(s);
    await get("get-stage");
    await update("delete-error", remove("/*/*"));
    await update("update-stage", replace("/*/*/caching/enabled", "true"));
    await update("update-stage-reset", remove("/*/*"));
    await get("get-stage-after-reset");
  },
  [`${D}create_delete_deployments[True]`]: (s) => deleteDeployments(s, true),
  [`${D}create_delete_deployments[False]`]: (s) => deleteDeployments(s, false),
  async [`${D}create_update_deployments`](s) {
    const { is, do: call } = await mocked(s);
    const { id: deploymentId } = await call("CreateDeployment");
    await call("CreateStage", { stageName: "s1", deploymentId });
    await is("get-deployment-1", "GetDeployment", { deploymentId });
    await is("get-stages", "GetStages");
    await is("delete-deployment-error", "DeleteDeployment", { deploymentId });
    const { id: second } = await call("CreateDeployment", { stageName: "s1" });
    await is("get-deployment-1-after-update", "GetDeployment", { deploymentId });
    await is("get-deployment-2", "GetDeployment", { deploymentId: second });
    await is("get-stages-after-update", "GetStages");
    await is("delete-deployment-1", "DeleteDeployment", { deploymentId });
    await is("delete-deployment-2-error", "DeleteDeployment", { deploymentId: second });
  },
  "TestDocumentations::test_documentation_parts_and_versions": async (s) => {
    const { is } = await apiOf(s);
    const part = { location: { type: "API" }, properties: '{"foo": "bar"}' };
    await is("create-part-response", "CreateDocumentationPart", part);
    await is("get-parts-response", "GetDocumentationParts");
    const version = { documentationVersion: "v123" };
    await is("create-version-response", "CreateDocumentationVersion", version);
    const patchOperations = replace("/description", "doc version new");
    await is("update-version-response", "UpdateDocumentationVersion", { ...version, patchOperations });
    await is("get-version-response", "GetDocumentationVersion", version);
  },
});
