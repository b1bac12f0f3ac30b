// Makes a stage of an API.

import type { CreateStageInput, CreateStageOutput } from "../../../../models/apigatewayv2.d.ts";
import { conflict } from "../../errors.ts";
import { stageAnswer } from "../../rules/answers.ts";
import { deployedStage } from "../../rules/deploy.ts";
import { checkQuota } from "../../rules/quotas.ts";
import { newStage } from "../../rules/stage.ts";
import { checkAccount } from "../../rules/stage-account.ts";
import { apiOf, deploymentOf, key, operation } from "../../store.ts";

export const createStage = operation<CreateStageInput, CreateStageOutput>(async (input, context) => {
  const { store, clock } = context;
  const api = apiOf(context, input.ApiId);
  const row = newStage(api, input, clock.now());
  const place = key(api.ApiId, row.StageName);
  if (store.stages.has(place)) throw conflict("Stage already exists");
  if (row.DeploymentId !== undefined) deploymentOf(context, api.ApiId, row.DeploymentId);
  await checkAccount(context, api, row);
  checkQuota(store.stages, "stages", api.ApiId);
  store.stages.put(place, row);
  return stageAnswer(deployedStage(context, api, row));
});
