// Changes an API, and what quick create made with it.

import type { UpdateApiInput, UpdateApiOutput } from "../../../../models/apigatewayv2.d.ts";
import { apiAnswer } from "../../rules/answers.ts";
import { changedApi } from "../../rules/api.ts";
import { touch } from "../../rules/deploy.ts";
import { changeQuick } from "../../rules/quick-create.ts";
import { apiOf, operation } from "../../store.ts";

export const updateApi = operation<UpdateApiInput, UpdateApiOutput>((input, context) => {
  const row = changedApi(apiOf(context, input.ApiId), input);
  changeQuick(context, row, input);
  context.store.apis.put(row.ApiId, row);
  touch(context, row.ApiId);
  return apiAnswer(row, context);
});
