// Lists what an API has of this kind: routes.

import type { GetRoutesInput, GetRoutesOutput } from "../../../../models/apigatewayv2.d.ts";
import { page } from "../../rules/pages.ts";
import { apiOf, operation, under } from "../../store.ts";

export const getRoutes = operation<GetRoutesInput, GetRoutesOutput>((input, context) => {
  apiOf(context, input.ApiId);
  return page(context.store.routes, under(input.ApiId), input, (row) => row);
});
