// Removes a route from an API.

import type { DeleteRouteInput } from "../../../../models/apigatewayv2.d.ts";
import { touch } from "../../rules/deploy.ts";
import { key, operation, routeOf, under } from "../../store.ts";

export const deleteRoute = operation<DeleteRouteInput, Record<string, never>>((input, context) => {
  routeOf(context, input.ApiId, input.RouteId);
  for (const place of Array.from(context.store.routeResponses.keys(under(input.ApiId, input.RouteId))))
    context.store.routeResponses.delete(place);
  context.store.routes.delete(key(input.ApiId, input.RouteId));
  touch(context, input.ApiId);
  return {};
});
