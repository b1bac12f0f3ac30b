// Lists what an API has of this kind: authorizers.

import type { GetAuthorizersInput, GetAuthorizersOutput } from "../../../../models/apigatewayv2.d.ts";
import { page } from "../../rules/pages.ts";
import { apiOf, operation, under } from "../../store.ts";

export const getAuthorizers = operation<GetAuthorizersInput, GetAuthorizersOutput>((input, context) => {
  apiOf(context, input.ApiId);
  return page(context.store.authorizers, under(input.ApiId), input, (row) => row);
});
