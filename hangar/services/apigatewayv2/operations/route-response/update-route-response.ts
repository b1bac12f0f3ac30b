// Changes a response of a WebSocket route.

import type { UpdateRouteResponseInput, UpdateRouteResponseOutput } from "../../../../models/apigatewayv2.d.ts";
import { routeResponseAnswer } from "../../rules/answers.ts";
import { touch } from "../../rules/deploy.ts";
import { changedRouteResponse } from "../../rules/responses.ts";
import { key, operation, routeResponseOf } from "../../store.ts";

export const updateRouteResponse = operation<UpdateRouteResponseInput, UpdateRouteResponseOutput>((input, context) => {
  const row = changedRouteResponse(context, routeResponseOf(context, input), input);
  context.store.routeResponses.put(key(input.ApiId, input.RouteId, row.RouteResponseId), row);
  touch(context, input.ApiId);
  return routeResponseAnswer(row);
});
