// Lists the models of an API. https://docs.aws.amazon.com/apigateway/latest/api/API_GetModels.html

import type { GetModelsInput, GetModelsOutput } from "../../../../models/apigateway.d.ts";
import { page } from "../../rules/pages.ts";
import { apiOf, operation, under } from "../../store.ts";

export const getModels = operation<GetModelsInput, GetModelsOutput>((input, context) => {
  const { id } = apiOf(context, input.restApiId);
  return page(
    [...context.store.models.rows(under(id))].map((row) => [row.name, row] as const),
    input,
  );
});
