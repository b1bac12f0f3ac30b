// Makes a response of a WebSocket route.

import type { CreateRouteResponseInput, CreateRouteResponseOutput } from "../../../../models/apigatewayv2.d.ts";
import { routeResponseAnswer } from "../../rules/answers.ts";
import { touch } from "../../rules/deploy.ts";
import { newRouteResponse } from "../../rules/responses.ts";
import { key, operation, routeOf } from "../../store.ts";

export const createRouteResponse = operation<CreateRouteResponseInput, CreateRouteResponseOutput>((input, context) => {
  routeOf(context, input.ApiId, input.RouteId);
  const row = newRouteResponse(context, input);
  context.store.routeResponses.put(key(input.ApiId, input.RouteId, row.RouteResponseId), row);
  touch(context, input.ApiId);
  return routeResponseAnswer(row);
});
