// API Gateway V2's operations on routes, by API name.

import { createRoute } from "../operations/route/create-route.ts";
import { deleteRoute } from "../operations/route/delete-route.ts";
import { deleteRouteRequestParameter } from "../operations/route/delete-route-request-parameter.ts";
import { getRoute } from "../operations/route/get-route.ts";
import { getRoutes } from "../operations/route/get-routes.ts";
import { updateRoute } from "../operations/route/update-route.ts";

export const routeOperations = {
  CreateRoute: createRoute,
  DeleteRoute: deleteRoute,
  DeleteRouteRequestParameter: deleteRouteRequestParameter,
  GetRoute: getRoute,
  GetRoutes: getRoutes,
  UpdateRoute: updateRoute,
};
