// Lists the stages of an API. https://docs.aws.amazon.com/apigateway/latest/api/API_GetStages.html

import type { GetStagesInput, GetStagesOutput } from "../../../../models/apigateway.d.ts";
import { stageAnswer } from "../../rules/answers.ts";
import { apiOf, operation, under } from "../../store.ts";

export const getStages = operation<GetStagesInput, GetStagesOutput>((input, context) => {
  const { id } = apiOf(context, input.restApiId);
  const rows = [...context.store.stages.rows(under(id))];
  const wanted =
    input.deploymentId === undefined ? rows : rows.filter((row) => row.deploymentId === input.deploymentId);
  return { item: wanted.map(stageAnswer) };
});
