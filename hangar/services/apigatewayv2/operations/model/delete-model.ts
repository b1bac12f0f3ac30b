// Removes a model from an API.

import type { DeleteModelInput } from "../../../../models/apigatewayv2.d.ts";
import { touch } from "../../rules/deploy.ts";
import { key, operation, modelOf } from "../../store.ts";

export const deleteModel = operation<DeleteModelInput, Record<string, never>>((input, context) => {
  modelOf(context, input.ApiId, input.ModelId);
  context.store.models.delete(key(input.ApiId, input.ModelId));
  touch(context, input.ApiId);
  return {};
});
