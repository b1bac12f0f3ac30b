// Takes a request parameter off a route.

import type { DeleteRouteRequestParameterInput } from "../../../../models/apigatewayv2.d.ts";
import { noSuch } from "../../errors.ts";
import { touch } from "../../rules/deploy.ts";
import { key, operation, routeOf } from "../../store.ts";

export const deleteRouteRequestParameter = operation<DeleteRouteRequestParameterInput, Record<string, never>>(
  (input, context) => {
    const route = routeOf(context, input.ApiId, input.RouteId);
    const { [input.RequestParameterKey]: gone, ...RequestParameters } = route.RequestParameters ?? {};
    if (gone === undefined) throw noSuch("request parameter", input.RequestParameterKey);
    context.store.routes.put(key(input.ApiId, route.RouteId), { ...route, RequestParameters });
    touch(context, input.ApiId);
    return {};
  },
);
