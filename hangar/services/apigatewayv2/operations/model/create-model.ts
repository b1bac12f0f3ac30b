// Makes a model of an API.

import type { CreateModelInput, CreateModelOutput } from "../../../../models/apigatewayv2.d.ts";
import { touch } from "../../rules/deploy.ts";
import { newModel } from "../../rules/model.ts";
import { apiOf, key, operation } from "../../store.ts";

export const createModel = operation<CreateModelInput, CreateModelOutput>((input, context) => {
  const api = apiOf(context, input.ApiId);
  const row = newModel(context, input);
  context.store.models.put(key(api.ApiId, row.ModelId), row);
  touch(context, input.ApiId);
  return row;
});
