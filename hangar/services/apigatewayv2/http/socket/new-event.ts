// One event of a connected client, with what its API is at that moment.

import { compiledApi } from "../../rules/compiled-api.ts";
import { deployedStage } from "../../rules/deploy.ts";
import { key, type ApiGatewayV2Context } from "../../store.ts";
import type { Target } from "../target.ts";
import type { Session, SocketEvent } from "./session.ts";

type Happened = Pick<Target, "api" | "stage" | "compiled"> &
  Pick<SocketEvent, "eventType" | "routeKey"> &
  Partial<Pick<SocketEvent, "body" | "messageId" | "end">>;

export function newEvent(context: ApiGatewayV2Context, session: Session, happened: Happened): SocketEvent {
  const { api, stage, compiled, eventType, routeKey, body = "", messageId, end } = happened;
  return {
    session,
    context,
    account: context.account,
    region: context.region,
    api,
    stage,
    compiled,
    eventType,
    routeKey,
    requestId: `${context.ids.alphanumeric(15)}=`,
    messageId,
    body,
    startedAt: context.clock.now(),
    sourceIp: session.connection.sourceIp,
    headers: session.headers,
    end,
    caller: undefined,
    apiKey: undefined,
    integration: undefined,
  };
}

/** Undefined once the API or its stage is gone. */
export function presentApi(
  context: ApiGatewayV2Context,
  { connection }: Session,
): Pick<Target, "api" | "stage" | "compiled"> | undefined {
  const { store } = context;
  const api = store.apis.get(connection.apiId);
  const found = store.stages.get(key(connection.apiId, connection.stage));
  if (api === undefined || found === undefined) return undefined;
  const stage = deployedStage(context, api, found);
  const deployment =
    stage.DeploymentId === undefined ? undefined : store.deployments.get(key(api.ApiId, stage.DeploymentId));
  return deployment === undefined ? undefined : { api, stage, compiled: compiledApi(deployment) };
}
