// The front door of HTTP APIs: a request for a stage, through its deployment, to an HTTP response.

import type { HttpDoor } from "../../../cloud/service.ts";
import { addressOf, type Address } from "../../../gateway/execute-api.ts";
import type { ApiGatewayV2Context, Tables } from "../store.ts";
import { answerHttp } from "./answer-http.ts";
import { placeOf } from "./find-api.ts";
import { targetOf } from "./target.ts";

export const door: HttpDoor<Tables> = {
  name: "apigatewayv2.execute-api",
  match(request, world) {
    const address = addressOf(request);
    const place = address === undefined ? undefined : placeOf(world, address.api, address.region);
    return place === undefined ? undefined : { ...place, data: address };
  },
  handle: (request, address: Address, context: ApiGatewayV2Context) =>
    answerHttp(context, request, targetOf(context, address)),
};
