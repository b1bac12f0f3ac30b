// Tells of a route of an API.

import type { GetRouteInput, GetRouteOutput } from "../../../../models/apigatewayv2.d.ts";
import { operation, routeOf } from "../../store.ts";

export const getRoute = operation<GetRouteInput, GetRouteOutput>((input, context) =>
  routeOf(context, input.ApiId, input.RouteId),
);
