// Removes a response of a WebSocket route.

import type { DeleteRouteResponseInput } from "../../../../models/apigatewayv2.d.ts";
import { touch } from "../../rules/deploy.ts";
import { key, operation, routeResponseOf } from "../../store.ts";

export const deleteRouteResponse = operation<DeleteRouteResponseInput, Record<string, never>>((input, context) => {
  routeResponseOf(context, input);
  context.store.routeResponses.delete(key(input.ApiId, input.RouteId, input.RouteResponseId));
  touch(context, input.ApiId);
  return {};
});
