// Keeps the API as it is now, and serves it when a stage is named. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDeployment.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { CreateDeploymentInput, CreateDeploymentOutput } from "../../../../models/apigateway.d.ts";
import { deploymentAnswer } from "../../rules/answers.ts";
import { checkDeployable, snapshotOf } from "../../rules/snapshot.ts";
import { newStage } from "../../rules/stage.ts";
import { apiOf, key, operation, type DeploymentRow } from "../../store.ts";

export const createDeployment = operation<CreateDeploymentInput, CreateDeploymentOutput>((input, context) => {
  const { store, ids, clock } = context;
  const api = apiOf(context, input.restApiId);
  if (input.canarySettings !== undefined) throw notEmulated("canary deployments (canarySettings)");
  const snapshot = snapshotOf(store, api);
  checkDeployable(snapshot, api.endpointConfiguration?.types?.[0] === "PRIVATE");
  const row: DeploymentRow = {
    id: ids.lower(6),
    ...(input.description === undefined ? {} : { description: input.description }),
    createdDate: clock.now(),
    snapshot,
  };
  store.deployments.put(key(api.id, row.id), row);
  if (input.stageName !== undefined && input.stageName !== "") {
    const place = key(api.id, input.stageName);
    const before = store.stages.get(place);
    const settings = {
      ...input,
      stageName: input.stageName,
      deploymentId: row.id,
      description: input.stageDescription,
    };
    const fresh = newStage(settings, clock.now());
    store.stages.put(
      place,
      before === undefined
        ? fresh
        : {
            ...before,
            deploymentId: row.id,
            lastUpdatedDate: clock.now(),
            ...(input.variables === undefined ? {} : { variables: input.variables }),
            ...(input.stageDescription === undefined ? {} : { description: input.stageDescription }),
            ...(input.tracingEnabled === undefined ? {} : { tracingEnabled: input.tracingEnabled }),
          },
    );
  }
  return deploymentAnswer(row);
});
