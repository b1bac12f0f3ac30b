// Tells of a stage.

import type { GetStageInput, GetStageOutput } from "../../../../models/apigatewayv2.d.ts";
import { stageAnswer } from "../../rules/answers.ts";
import { deployedStage } from "../../rules/deploy.ts";
import { apiOf, operation, stageOf } from "../../store.ts";

export const getStage = operation<GetStageInput, GetStageOutput>((input, context) => {
  const stage = stageOf(context, input.ApiId, input.StageName);
  return stageAnswer(deployedStage(context, apiOf(context, input.ApiId), stage));
});
