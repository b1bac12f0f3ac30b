// Lists the authorizers of an API. https://docs.aws.amazon.com/apigateway/latest/api/API_GetAuthorizers.html

import type { GetAuthorizersInput, GetAuthorizersOutput } from "../../../../models/apigateway.d.ts";
import { page } from "../../rules/pages.ts";
import { apiOf, operation, under } from "../../store.ts";

export const getAuthorizers = operation<GetAuthorizersInput, GetAuthorizersOutput>((input, context) => {
  const { id } = apiOf(context, input.restApiId);
  return page(
    [...context.store.authorizers.rows(under(id))].map((row) => [row.id, row] as const),
    input,
  );
});
