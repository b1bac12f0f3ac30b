// Keeps the API as it is now, and serves it when a stage is named. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDeployment.html

import type { CreateDeploymentInput, CreateDeploymentOutput } from "../../../../models/apigateway.d.ts";
import type { AwsError } from "../../../../kernel/aws-error.ts";
import { badRequest } from "../../errors.ts";
import { deploymentAnswer } from "../../rules/answers.ts";
import { checkDeployable, snapshotOf } from "../../rules/snapshot.ts";
import { checkQuota } from "../../rules/quotas.ts";
import { checkStageName, newStage } from "../../rules/stage.ts";
import { apiOf, key, operation, under, type DeploymentRow, type StageRow } from "../../store.ts";

export const createDeployment = operation<CreateDeploymentInput, CreateDeploymentOutput>((input, context) => {
  const { store, ids, clock } = context;
  const api = apiOf(context, input.restApiId);
  const { stageName = "" } = input;
  const before = store.stages.get(key(api.id, stageName));
  if (input.canarySettings !== undefined && before === undefined) throw noStageForCanary(input.stageName);
  if (stageName !== "" && before === undefined) {
    checkStageName(stageName);
    checkQuota("Stages", [...store.stages.keys(under(api.id))].length);
  }
  const snapshot = snapshotOf(store, api);
  checkDeployable(snapshot, api.endpointConfiguration?.types?.[0] === "PRIVATE");
  const row: DeploymentRow = {
    id: ids.lower(6),
    ...(input.description === undefined ? {} : { description: input.description }),
    createdDate: clock.now(),
    snapshot,
  };
  store.deployments.put(key(api.id, row.id), row);
  if (stageName !== "") store.stages.put(key(api.id, stageName), served(input, row.id, before, clock.now()));
  return deploymentAnswer(row);
});

function noStageForCanary(stageName: string | undefined): AwsError {
  const reason =
    stageName === undefined || stageName === ""
      ? `Non null and non empty stageName must be provided for canary deployment. Provided value is ${stageName ?? "null"}`
      : `Stage ${stageName} must already be created before making a canary release deployment`;
  return badRequest(`Invalid deployment content specified.${reason}`);
}

/** The stage that serves it from now on: a new one, or the one there is with what the call says anew. */
function served(
  input: CreateDeploymentInput,
  deploymentId: string,
  before: StageRow | undefined,
  now: number,
): StageRow {
  const { stageName = "", stageDescription: description, ...settings } = input;
  const fresh = newStage({ ...settings, stageName, deploymentId, description }, now);
  if (before === undefined) return fresh;
  const canary = fresh.canarySettings;
  return {
    ...before,
    ...(canary === undefined ? { deploymentId } : { canarySettings: canary }),
    lastUpdatedDate: now,
    ...(input.variables === undefined ? {} : { variables: input.variables }),
    ...(description === undefined ? {} : { description }),
    ...(input.tracingEnabled === undefined ? {} : { tracingEnabled: input.tracingEnabled }),
    ...(input.cacheClusterSize === undefined ? {} : { cacheClusterSize: input.cacheClusterSize }),
    ...(input.cacheClusterEnabled === undefined
      ? {}
      : { cacheClusterEnabled: input.cacheClusterEnabled, cacheClusterStatus: fresh.cacheClusterStatus }),
  };
}
