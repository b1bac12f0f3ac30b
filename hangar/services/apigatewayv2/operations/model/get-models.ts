// Lists what an API has of this kind: models.

import type { GetModelsInput, GetModelsOutput } from "../../../../models/apigatewayv2.d.ts";
import { page } from "../../rules/pages.ts";
import { apiOf, operation, under } from "../../store.ts";

export const getModels = operation<GetModelsInput, GetModelsOutput>((input, context) => {
  apiOf(context, input.ApiId);
  return page(context.store.models, under(input.ApiId), input, (row) => row);
});
