// What a custom domain name asks of the HTTP APIs that it leads to.

import type { HttpApisPort } from "../../ports/http-apis.ts";
import { answerHttp } from "./http/answer-http.ts";
import { targetAt } from "./http/target.ts";
import type { ApiGatewayV2Context } from "./store.ts";

export function httpApisPort(context: ApiGatewayV2Context): HttpApisPort {
  return {
    serve: async (request, { apiId, ...mapped }) => {
      const api = context.store.apis.get(apiId);
      return answerHttp(context, request, api === undefined ? undefined : targetAt(context, api, mapped));
    },
  };
}
