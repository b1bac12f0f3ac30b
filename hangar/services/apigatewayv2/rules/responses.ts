// Responses of routes and integrations of WebSocket APIs as they start and as they are changed.

import type {
  CreateIntegrationResponseInput,
  CreateRouteResponseInput,
  UpdateIntegrationResponseInput,
  UpdateRouteResponseInput,
} from "../../../models/apigatewayv2.d.ts";
import { badRequest, conflict } from "../errors.ts";
import {
  apiOf,
  under,
  type ApiGatewayV2Context,
  type IntegrationResponseRow,
  type RouteResponseRow,
} from "../store.ts";
import { changed, given } from "./fields.ts";

function onlyWebSocket(context: ApiGatewayV2Context, apiId: string, what: string): void {
  if (apiOf(context, apiId).ProtocolType !== "WEBSOCKET")
    throw badRequest(`${what} are only supported for WebSocket APIs`);
}

export function newRouteResponse(context: ApiGatewayV2Context, input: CreateRouteResponseInput): RouteResponseRow {
  onlyWebSocket(context, input.ApiId, "Route responses");
  const row: RouteResponseRow = {
    ...given(input, "ApiId"),
    RouteId: input.RouteId,
    RouteResponseKey: input.RouteResponseKey,
    RouteResponseId: context.ids.lower(6),
  };
  checkRouteResponse(context, input.ApiId, row);
  return row;
}

export function changedRouteResponse(
  context: ApiGatewayV2Context,
  row: RouteResponseRow,
  input: UpdateRouteResponseInput,
): RouteResponseRow {
  const next = changed(row, given(input, "ApiId", "RouteResponseId"));
  checkRouteResponse(context, input.ApiId, next);
  return next;
}

function checkRouteResponse({ store }: ApiGatewayV2Context, apiId: string, row: RouteResponseRow): void {
  if (row.RouteResponseKey !== "$default")
    throw badRequest("Invalid route response key specified. Only $default is supported");
  for (const other of store.routeResponses.rows(under(apiId, row.RouteId)))
    if (other.RouteResponseId !== row.RouteResponseId)
      throw conflict("Route response with key $default already exists for this route");
}

export function newIntegrationResponse(
  context: ApiGatewayV2Context,
  input: CreateIntegrationResponseInput,
): IntegrationResponseRow {
  onlyWebSocket(context, input.ApiId, "Integration responses");
  const row: IntegrationResponseRow = {
    ...given(input, "ApiId"),
    IntegrationId: input.IntegrationId,
    IntegrationResponseKey: input.IntegrationResponseKey,
    IntegrationResponseId: context.ids.lower(6),
  };
  checkIntegrationResponse(context, input.ApiId, row);
  return row;
}

export function changedIntegrationResponse(
  context: ApiGatewayV2Context,
  row: IntegrationResponseRow,
  input: UpdateIntegrationResponseInput,
): IntegrationResponseRow {
  const next = changed(row, given(input, "ApiId", "IntegrationResponseId"));
  checkIntegrationResponse(context, input.ApiId, next);
  return next;
}

function checkIntegrationResponse({ store }: ApiGatewayV2Context, apiId: string, row: IntegrationResponseRow): void {
  const { IntegrationResponseKey: name } = row;
  if (name !== "$default" && !/^\/.+\/$/.test(name))
    throw badRequest("Invalid integration response key specified. It is $default or a pattern such as /4\\d{2}/");
  for (const other of store.integrationResponses.rows(under(apiId, row.IntegrationId)))
    if (other.IntegrationResponseKey === name && other.IntegrationResponseId !== row.IntegrationResponseId)
      throw conflict(`Integration response with key ${name} already exists for this integration`);
}
