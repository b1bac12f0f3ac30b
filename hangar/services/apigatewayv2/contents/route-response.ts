// API Gateway V2's operations on route responses, by API name.

import { createRouteResponse } from "../operations/route-response/create-route-response.ts";
import { deleteRouteResponse } from "../operations/route-response/delete-route-response.ts";
import { getRouteResponse } from "../operations/route-response/get-route-response.ts";
import { getRouteResponses } from "../operations/route-response/get-route-responses.ts";
import { updateRouteResponse } from "../operations/route-response/update-route-response.ts";

export const routeResponseOperations = {
  CreateRouteResponse: createRouteResponse,
  DeleteRouteResponse: deleteRouteResponse,
  GetRouteResponse: getRouteResponse,
  GetRouteResponses: getRouteResponses,
  UpdateRouteResponse: updateRouteResponse,
};
