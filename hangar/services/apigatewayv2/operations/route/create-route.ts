// Makes a route of an API.

import type { CreateRouteInput, CreateRouteOutput } from "../../../../models/apigatewayv2.d.ts";
import { touch } from "../../rules/deploy.ts";
import { checkQuota } from "../../rules/quotas.ts";
import { newRoute } from "../../rules/route.ts";
import { apiOf, key, operation } from "../../store.ts";

export const createRoute = operation<CreateRouteInput, CreateRouteOutput>((input, context) => {
  const api = apiOf(context, input.ApiId);
  const row = newRoute(context, api, input);
  checkQuota(context.store.routes, "routes", api.ApiId);
  context.store.routes.put(key(api.ApiId, row.RouteId), row);
  touch(context, input.ApiId);
  return row;
});
