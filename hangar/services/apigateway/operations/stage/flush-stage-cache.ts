// Forgets what a stage's methods answered. https://docs.aws.amazon.com/apigateway/latest/api/API_FlushStageCache.html

import type { FlushStageCacheInput, FlushStageCacheOutput } from "../../../../models/apigateway.d.ts";
import { forgetAnswers } from "../../rules/memory.ts";
import { operation, stageOf } from "../../store.ts";

export const flushStageCache = operation<FlushStageCacheInput, FlushStageCacheOutput>((input, context) => {
  stageOf(context, input.restApiId, input.stageName);
  forgetAnswers(context.world, input.restApiId, input.stageName);
  return {};
});
