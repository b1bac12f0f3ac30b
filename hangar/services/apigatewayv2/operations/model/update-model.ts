// Changes a model of an API.

import type { UpdateModelInput, UpdateModelOutput } from "../../../../models/apigatewayv2.d.ts";
import { touch } from "../../rules/deploy.ts";
import { changedModel } from "../../rules/model.ts";
import { key, operation, modelOf } from "../../store.ts";

export const updateModel = operation<UpdateModelInput, UpdateModelOutput>((input, context) => {
  const before = modelOf(context, input.ApiId, input.ModelId);
  const row = changedModel(context, before, input);
  context.store.models.put(key(input.ApiId, input.ModelId), row);
  touch(context, input.ApiId);
  return row;
});
