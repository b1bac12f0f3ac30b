// Describes a REST API. https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApi.html

import type { GetRestApiInput, GetRestApiOutput } from "../../../../models/apigateway.d.ts";
import { apiAnswer } from "../../rules/answers.ts";
import { apiOf, operation } from "../../store.ts";

export const getRestApi = operation<GetRestApiInput, GetRestApiOutput>((input, context) => {
  const row = apiOf(context, input.restApiId);
  return { ...apiAnswer(row), tags: row.tags ?? {} };
});
