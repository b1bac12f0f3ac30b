// A route as it starts and as it is changed.

import type { CreateRouteInput, UpdateRouteInput } from "../../../models/apigatewayv2.d.ts";
import { badRequest, conflict } from "../errors.ts";
import { key, under, type ApiGatewayV2Context, type ApiRow, type RouteRow } from "../store.ts";
import { changed, given } from "./fields.ts";
import { checkRouteKey } from "./route-key.ts";

type NewRoute = Omit<CreateRouteInput, "ApiId">;

export function newRoute(context: ApiGatewayV2Context, api: ApiRow, input: NewRoute): RouteRow {
  const row: RouteRow = {
    ...given(input as CreateRouteInput, "ApiId"),
    RouteKey: input.RouteKey,
    RouteId: context.ids.lower(7),
    ApiKeyRequired: input.ApiKeyRequired ?? false,
    AuthorizationType: input.AuthorizationType ?? "NONE",
  };
  checkRoute(context, api, row);
  return row;
}

export function changedRoute(
  context: ApiGatewayV2Context,
  api: ApiRow,
  row: RouteRow,
  input: UpdateRouteInput,
): RouteRow {
  if (input.AuthorizerId !== undefined && input.AuthorizerId !== "" && input.AuthorizationType === undefined)
    throw badRequest("Unable to update route. Authorizer type is invalid or null.");
  const changes = given(input, "ApiId", "RouteId");
  const open = input.AuthorizationType === "NONE" || input.AuthorizationType === "AWS_IAM";
  const next = changed(row, open ? { ...changes, AuthorizerId: undefined, AuthorizationScopes: undefined } : changes);
  checkRoute(context, api, next);
  return next;
}

function checkRoute(context: ApiGatewayV2Context, api: ApiRow, row: RouteRow): void {
  checkRouteKey(api.ProtocolType, row.RouteKey);
  for (const other of context.store.routes.rows(under(api.ApiId)))
    if (other.RouteKey === row.RouteKey && other.RouteId !== row.RouteId)
      throw conflict(`Route with key ${row.RouteKey} already exists for this API`);
  checkTarget(context, api, row.Target);
  checkAuthorization(context, api, row);
  if (api.ProtocolType === "HTTP" && row.ApiKeyRequired === true)
    throw badRequest("apiKeyRequired is not currently supported for HTTP APIs");
}

function checkTarget({ store }: ApiGatewayV2Context, api: ApiRow, target: string | undefined): void {
  if (target === undefined) return;
  const id = /^integrations\/(.+)$/.exec(target)?.[1];
  if (id === undefined || !store.integrations.has(key(api.ApiId, id)))
    throw badRequest(`Invalid integration target specified: ${target}`);
}

function checkAuthorization({ store }: ApiGatewayV2Context, api: ApiRow, row: RouteRow): void {
  const { AuthorizationType: type = "NONE", AuthorizerId, AuthorizationScopes = [], RouteKey } = row;
  const http = api.ProtocolType === "HTTP";
  if (!http && type !== "NONE" && RouteKey !== "$connect")
    throw badRequest("Currently, authorization is restricted to the $connect route only");
  if (AuthorizationScopes.length > 0 && type !== "JWT")
    throw badRequest(
      "Invalid Route authorization type specified. Authorization Scopes are only valid for COGNITO_USER_POOLS and JWT authorization types",
    );
  if (type === "NONE" || type === "AWS_IAM") return;
  const authorizer = AuthorizerId === undefined ? undefined : store.authorizers.get(key(api.ApiId, AuthorizerId));
  if (authorizer === undefined)
    throw badRequest(
      "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
    );
  if (type === "JWT" && (!http || authorizer.AuthorizerType !== "JWT"))
    throw badRequest("Invalid authorization type specified. JWT requires an authorizer of type JWT");
  if (type === "CUSTOM" && authorizer.AuthorizerType !== "REQUEST")
    throw badRequest("Invalid authorization type specified. CUSTOM requires an authorizer of type REQUEST");
}
