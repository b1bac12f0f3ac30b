// Puts what a document defines in the place of whatever an API has.

import type { CreateAuthorizerInput, CreateIntegrationInput } from "../../../../models/apigatewayv2.d.ts";
import { badRequest } from "../../errors.ts";
import { key, type ApiGatewayV2Context, type ApiRow } from "../../store.ts";
import { newAuthorizer } from "../authorizer.ts";
import { removeContents } from "../contents.ts";
import { checkCors } from "../cors.ts";
import { newIntegration } from "../integration.ts";
import { checkCount } from "../quotas.ts";
import { newRoute } from "../route.ts";
import { checkRouteKey } from "../route-key.ts";
import type { Definition, DraftRoute } from "./definition.ts";

/** `api` is the API as it was, or a blank one. A document is checked whole before anything changes. */
export function replaceApi(context: ApiGatewayV2Context, api: ApiRow, definition: Definition): ApiRow {
  const row = apiOfDefinition(api, definition);
  checkCors(definition.cors);
  checkCount("routes", definition.routes.length);
  checkCount("authorizers", definition.authorizers.length);
  const { ids, store } = context;
  const integrations = new Map(
    definition.routes.map((route) => [
      route,
      route.integration === undefined
        ? undefined
        : newIntegration(row, route.integration as unknown as CreateIntegrationInput, ids.lower(7)),
    ]),
  );
  const authorizers = definition.authorizers.map((draft) =>
    newAuthorizer(row, draft as unknown as CreateAuthorizerInput, ids.lower(6)),
  );
  if (new Set(definition.routes.map((route) => route.key)).size < definition.routes.length)
    throw badRequest("Route keys of a document must be unique");
  for (const { key: routeKey, access } of definition.routes) {
    checkRouteKey("HTTP", routeKey);
    if (access.authorizer !== undefined && !authorizers.some((each) => each.Name === access.authorizer))
      throw badRequest(`Unable to find authorizer ${access.authorizer}`);
  }
  removeContents(store, row.ApiId);
  for (const each of authorizers) store.authorizers.put(key(row.ApiId, each.AuthorizerId), each);
  for (const draft of definition.routes) {
    const integration = integrations.get(draft);
    if (integration !== undefined) store.integrations.put(key(row.ApiId, integration.IntegrationId), integration);
    const authorizer = authorizers.find((each) => each.Name === draft.access.authorizer);
    const route = newRoute(context, row, routeOf(draft, integration?.IntegrationId, authorizer?.AuthorizerId));
    store.routes.put(key(row.ApiId, route.RouteId), route);
  }
  store.apis.put(row.ApiId, row);
  return row;
}

function apiOfDefinition(api: ApiRow, definition: Definition): ApiRow {
  const { Description: _description, Version: _version, CorsConfiguration: _cors, ...rest } = api;
  const { name, description, version, cors, tags } = definition;
  return {
    ...rest,
    Name: name === "" ? api.Name : name,
    ...(description === undefined ? {} : { Description: description }),
    ...(version === undefined ? {} : { Version: version }),
    ...(cors === undefined ? {} : { CorsConfiguration: cors }),
    DisableExecuteApiEndpoint: definition.disableExecuteApiEndpoint,
    Tags: { ...api.Tags, ...tags },
  };
}

function routeOf({ key: RouteKey, operationName, access }: DraftRoute, integration?: string, authorizer?: string) {
  const { authorizer: _name, ...rest } = access;
  return {
    RouteKey,
    ...rest,
    ...(operationName === undefined ? {} : { OperationName: operationName }),
    ...(integration === undefined ? {} : { Target: `integrations/${integration}` }),
    ...(authorizer === undefined ? {} : { AuthorizerId: authorizer }),
  };
}
