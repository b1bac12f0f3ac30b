// What custom domain names and usage plans ask of HTTP and WebSocket APIs.

import type { TakenSocket } from "../../cloud/service.ts";
import type { ConnectedClient, HttpApisPort, MappedRequest } from "../../ports/http-apis.ts";
import { answerHttp } from "./http/answer-http.ts";
import { connectClient } from "./http/socket/connect.ts";
import { targetAt, type Target } from "./http/target.ts";
import { key, type ApiGatewayV2Context, type Tables } from "./store.ts";

export function httpApisPort(context: ApiGatewayV2Context): HttpApisPort {
  return {
    serve: async (request, mapped) => answerHttp(context, request, targetOf(context, mapped)),
    connect: async (request, mapped) => connectClient(context, request, targetOf(context, mapped)),
    hasWebSocketStage: async (apiId, stage) =>
      context.store.apis.get(apiId)?.ProtocolType === "WEBSOCKET" && context.store.stages.has(key(apiId, stage)),
    opened: async (client, socket) => taken(client).opened(socket, context),
    message: async (client, data) => taken(client).message(data, context),
    closed: async (client, code, reason) => taken(client).closed(code, reason, context),
  };
}

function targetOf(context: ApiGatewayV2Context, { apiId, ...mapped }: MappedRequest): Target | undefined {
  const api = context.store.apis.get(apiId);
  return api === undefined ? undefined : targetAt(context, api, mapped);
}

/** What `connect` gave away. */
function taken(client: ConnectedClient): TakenSocket<Tables> {
  return client as TakenSocket<Tables>;
}
