// Removes a stage. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteStage.html

import type { DeleteStageInput, DeleteStageOutput } from "../../../../models/apigateway.d.ts";
import { forgetAnswers } from "../../rules/memory.ts";
import { key, operation, stageOf } from "../../store.ts";

export const deleteStage = operation<DeleteStageInput, DeleteStageOutput>((input, context) => {
  const { store } = context;
  const { stageName } = stageOf(context, input.restApiId, input.stageName);
  store.stages.delete(key(input.restApiId, stageName));
  forgetAnswers(context.world, input.restApiId, stageName);
  return {};
});
