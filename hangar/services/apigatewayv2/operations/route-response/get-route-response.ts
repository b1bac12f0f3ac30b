// Tells of a response of a WebSocket route.

import type { GetRouteResponseInput, GetRouteResponseOutput } from "../../../../models/apigatewayv2.d.ts";
import { routeResponseAnswer } from "../../rules/answers.ts";
import { operation, routeResponseOf } from "../../store.ts";

export const getRouteResponse = operation<GetRouteResponseInput, GetRouteResponseOutput>((input, context) =>
  routeResponseAnswer(routeResponseOf(context, input)),
);
