// An API as it starts and as it is changed.

import type { CreateApiInput, UpdateApiInput } from "../../../models/apigatewayv2.d.ts";
import { badRequest } from "../errors.ts";
import type { ApiRow } from "../store.ts";
import { checkCors } from "./cors.ts";
import { changed, given } from "./fields.ts";

/** What quick create makes beside the API: not the API's own. */
const QUICK = ["Target", "RouteKey", "CredentialsArn"] as const;

export function newApi(input: CreateApiInput, ApiId: string, now: number): ApiRow {
  const { ProtocolType, CorsConfiguration, RouteSelectionExpression } = input;
  if (ProtocolType === "WEBSOCKET") {
    if (CorsConfiguration !== undefined) throw badRequest("CORS configuration is not supported for WEBSOCKET protocol");
    if (input.Target !== undefined) throw badRequest("Quick create is not supported for WEBSOCKET protocol");
    if (RouteSelectionExpression === undefined)
      throw badRequest(
        "Invalid Route Selection Expression specified. Route Selection Expression is required for WebSocket APIs",
      );
  } else if (RouteSelectionExpression !== undefined && RouteSelectionExpression !== HTTP_SELECTION)
    throw badRequest(`Invalid Route Selection Expression specified. For HTTP APIs it must be ${HTTP_SELECTION}`);
  checkCors(CorsConfiguration);
  checkKeySource(input);
  return {
    ...given(input, ...QUICK),
    ApiId,
    Name: input.Name,
    ProtocolType,
    ApiKeySelectionExpression: input.ApiKeySelectionExpression ?? "$request.header.x-api-key",
    RouteSelectionExpression: RouteSelectionExpression ?? HTTP_SELECTION,
    DisableExecuteApiEndpoint: input.DisableExecuteApiEndpoint ?? false,
    IpAddressType: input.IpAddressType ?? "ipv4",
    Tags: input.Tags ?? {},
    CreatedDate: now,
  };
}

const HTTP_SELECTION = "$request.method $request.path";

const KEY_SOURCES = ["$request.header.x-api-key", "$context.authorizer.usageIdentifierKey"];

function checkKeySource({ ApiKeySelectionExpression }: Pick<CreateApiInput, "ApiKeySelectionExpression">): void {
  if (ApiKeySelectionExpression !== undefined && !KEY_SOURCES.includes(ApiKeySelectionExpression))
    throw badRequest(`Invalid API Key Selection Expression specified. It is one of ${KEY_SOURCES.join(", ")}`);
}

export function changedApi(row: ApiRow, input: UpdateApiInput): ApiRow {
  checkKeySource(input);
  checkCors(input.CorsConfiguration);
  if (row.ProtocolType === "WEBSOCKET" && input.CorsConfiguration !== undefined)
    throw badRequest("CORS configuration is not supported for WEBSOCKET protocol");
  return changed(row, given(input, "ApiId", ...QUICK));
}
