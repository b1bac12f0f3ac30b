// Changes a route of an API.

import type { UpdateRouteInput, UpdateRouteOutput } from "../../../../models/apigatewayv2.d.ts";
import { touch } from "../../rules/deploy.ts";
import { changedRoute } from "../../rules/route.ts";
import { apiOf, key, operation, routeOf } from "../../store.ts";

export const updateRoute = operation<UpdateRouteInput, UpdateRouteOutput>((input, context) => {
  const before = routeOf(context, input.ApiId, input.RouteId);
  const row = changedRoute(context, apiOf(context, input.ApiId), before, input);
  context.store.routes.put(key(input.ApiId, input.RouteId), row);
  touch(context, input.ApiId);
  return row;
});
