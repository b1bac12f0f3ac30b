// Makes a stage that serves a deployment. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html

import type { CreateStageInput, CreateStageOutput } from "../../../../models/apigateway.d.ts";
import { badRequest, conflict } from "../../errors.ts";
import { stageAnswer } from "../../rules/answers.ts";
import { checkQuota } from "../../rules/quotas.ts";
import { checkStageName, newStage } from "../../rules/stage.ts";
import { apiOf, key, operation, under } from "../../store.ts";

export const createStage = operation<CreateStageInput, CreateStageOutput>((input, context) => {
  const { store, clock } = context;
  const { id } = apiOf(context, input.restApiId);
  checkStageName(input.stageName);
  for (const deploymentId of [input.deploymentId, input.canarySettings?.deploymentId ?? input.deploymentId])
    if (!store.deployments.has(key(id, deploymentId))) throw badRequest("Deployment id does not exist");
  if (store.stages.has(key(id, input.stageName))) throw conflict("Stage already exists");
  checkQuota("Stages", [...store.stages.keys(under(id))].length);
  const row = newStage(input, clock.now());
  store.stages.put(key(id, row.stageName), row);
  return stageAnswer(row);
});
