// Lists the resources of an API by path. https://docs.aws.amazon.com/apigateway/latest/api/API_GetResources.html

import type { GetResourcesInput, GetResourcesOutput } from "../../../../models/apigateway.d.ts";
import { resourceAnswer } from "../../rules/answers.ts";
import { page } from "../../rules/pages.ts";
import { apiOf, operation, under } from "../../store.ts";

export const getResources = operation<GetResourcesInput, GetResourcesOutput>((input, context) => {
  const { store } = context;
  const { id } = apiOf(context, input.restApiId);
  const embed = input.embed?.includes("methods") ?? false;
  const rows = [...store.resources.rows(under(id))].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return page(
    rows.map((row) => [row.id, resourceAnswer(row, [...store.methods.rows(under(id, row.id))], embed)] as const),
    input,
  );
});
