// The front door of HTTP and WebSocket APIs: requests for a stage, and clients that want to connect to it.

import { findNamed } from "../../../cloud/placed-tables.ts";
import type { HttpDoor } from "../../../cloud/service.ts";
import { addressOf, type Address } from "../../../gateway/execute-api.ts";
import type { ApiGatewayV2Context, Tables } from "../store.ts";
import { answerHttp } from "./answer-http.ts";
import { connectClient } from "./socket/connect.ts";
import { targetOf } from "./target.ts";

export const door: HttpDoor<Tables> = {
  name: "apigatewayv2.execute-api",
  match(request, world) {
    const address = addressOf(request);
    if (address === undefined) return undefined;
    const place = findNamed(world, "apigatewayv2/apis", [address.api], address.region);
    return place === undefined ? undefined : { ...place, data: address };
  },
  handle: (request, address: Address, context: ApiGatewayV2Context) =>
    answerHttp(context, request, targetOf(context, address)),
  connect: (request, address: Address, context: ApiGatewayV2Context) =>
    connectClient(context, request, targetOf(context, address)),
};
