// Changes a stage, or has it serve another deployment. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateStage.html

import type { UpdateStageInput, UpdateStageOutput } from "../../../../models/apigateway.d.ts";
import { badRequest } from "../../errors.ts";
import { accountOf } from "../../rules/account.ts";
import { stageAnswer } from "../../rules/answers.ts";
import { forgetAnswers } from "../../rules/memory.ts";
import { checkCertificate, checkLogging, patchedStage } from "../../rules/stage.ts";
import { key, operation, stageOf } from "../../store.ts";

export const updateStage = operation<UpdateStageInput, UpdateStageOutput>((input, context) => {
  const { store, clock } = context;
  const before = stageOf(context, input.restApiId, input.stageName);
  const row = { ...patchedStage(before, input.patchOperations), lastUpdatedDate: clock.now() };
  for (const deploymentId of [row.deploymentId, row.canarySettings?.deploymentId ?? row.deploymentId])
    if (!store.deployments.has(key(input.restApiId, deploymentId))) throw badRequest("Deployment id does not exist");
  checkLogging(row, accountOf(store));
  checkCertificate(store, row);
  store.stages.put(key(input.restApiId, row.stageName), row);
  if (row.cacheClusterEnabled !== true) forgetAnswers(context.world, input.restApiId, row.stageName);
  return stageAnswer(row);
});
