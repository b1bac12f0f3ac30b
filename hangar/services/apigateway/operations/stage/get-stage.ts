// Describes a stage. https://docs.aws.amazon.com/apigateway/latest/api/API_GetStage.html

import type { GetStageInput, GetStageOutput } from "../../../../models/apigateway.d.ts";
import { stageAnswer } from "../../rules/answers.ts";
import { operation, stageOf } from "../../store.ts";

export const getStage = operation<GetStageInput, GetStageOutput>((input, context) =>
  stageAnswer(stageOf(context, input.restApiId, input.stageName)),
);
