// Changes a REST API. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateRestApi.html

import type { UpdateRestApiInput, UpdateRestApiOutput } from "../../../../models/apigateway.d.ts";
import { apiAnswer } from "../../rules/answers.ts";
import { applyPatch } from "../../rules/patch.ts";
import { apiPatches } from "../../rules/rest-api.ts";
import { apiOf, operation } from "../../store.ts";

export const updateRestApi = operation<UpdateRestApiInput, UpdateRestApiOutput>((input, context) => {
  const row = applyPatch(apiOf(context, input.restApiId), input.patchOperations, apiPatches);
  context.store.apis.put(row.id, row);
  return { ...apiAnswer(row), tags: row.tags ?? {} };
});
