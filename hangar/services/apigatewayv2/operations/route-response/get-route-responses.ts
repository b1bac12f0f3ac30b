// Lists the route responses of their parent.

import type { GetRouteResponsesInput, GetRouteResponsesOutput } from "../../../../models/apigatewayv2.d.ts";
import { routeResponseAnswer } from "../../rules/answers.ts";
import { page } from "../../rules/pages.ts";
import { operation, routeOf, under } from "../../store.ts";

export const getRouteResponses = operation<GetRouteResponsesInput, GetRouteResponsesOutput>((input, context) => {
  routeOf(context, input.ApiId, input.RouteId);
  return page(context.store.routeResponses, under(input.ApiId, input.RouteId), input, routeResponseAnswer);
});
