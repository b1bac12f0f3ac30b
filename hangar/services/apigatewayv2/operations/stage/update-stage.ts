// Changes a stage.

import type { UpdateStageInput, UpdateStageOutput } from "../../../../models/apigatewayv2.d.ts";
import { stageAnswer } from "../../rules/answers.ts";
import { deployedStage } from "../../rules/deploy.ts";
import { changedStage } from "../../rules/stage.ts";
import { checkAccount } from "../../rules/stage-account.ts";
import { apiOf, deploymentOf, key, operation, stageOf } from "../../store.ts";

export const updateStage = operation<UpdateStageInput, UpdateStageOutput>(async (input, context) => {
  const api = apiOf(context, input.ApiId);
  const row = changedStage(api, stageOf(context, api.ApiId, input.StageName), input, context.clock.now());
  if (input.DeploymentId !== undefined) deploymentOf(context, api.ApiId, input.DeploymentId);
  await checkAccount(context, api, row);
  context.store.stages.put(key(api.ApiId, row.StageName), row);
  return stageAnswer(deployedStage(context, api, row));
});
