// Makes an API; quick create gives it a route, an integration and a stage.

import type { CreateApiInput, CreateApiOutput } from "../../../../models/apigatewayv2.d.ts";
import { apiAnswer } from "../../rules/answers.ts";
import { newApi } from "../../rules/api.ts";
import { quickCreate } from "../../rules/quick-create.ts";
import { operation } from "../../store.ts";

export const createApi = operation<CreateApiInput, CreateApiOutput>((input, context) => {
  const { store, ids, clock } = context;
  const row = newApi(input, ids.lower(10), clock.now());
  store.apis.put(row.ApiId, row);
  quickCreate(context, row, input);
  return apiAnswer(row, context);
});
