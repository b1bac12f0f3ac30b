// Lists the stages of an API.

import type { GetStagesInput, GetStagesOutput } from "../../../../models/apigatewayv2.d.ts";
import { stageAnswer } from "../../rules/answers.ts";
import { deployStages } from "../../rules/deploy.ts";
import { page } from "../../rules/pages.ts";
import { apiOf, operation, under } from "../../store.ts";

export const getStages = operation<GetStagesInput, GetStagesOutput>((input, context) => {
  apiOf(context, input.ApiId);
  deployStages(context, input.ApiId);
  return page(context.store.stages, under(input.ApiId), input, stageAnswer);
});
