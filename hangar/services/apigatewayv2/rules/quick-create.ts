// Quick create: one integration, one route and a $default stage that deploys by itself.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop.html#http-api-examples.cli.quick-create

import { badRequest } from "../errors.ts";
import { key, under, type ApiGatewayV2Context, type ApiRow } from "../store.ts";
import { newIntegration } from "./integration.ts";
import { changedRoute, newRoute } from "./route.ts";
import { newStage } from "./stage.ts";

export type Quick = {
  readonly Target?: string | undefined;
  readonly RouteKey?: string | undefined;
  readonly CredentialsArn?: string | undefined;
};

export function quickCreate(context: ApiGatewayV2Context, api: ApiRow, quick: Quick): void {
  const { Target, RouteKey = "$default" } = quick;
  if (Target === undefined) return;
  const { store, ids, clock } = context;
  const integration = { ...newIntegration(api, quickIntegration(quick), ids.lower(7)), ApiGatewayManaged: true };
  store.integrations.put(key(api.ApiId, integration.IntegrationId), integration);
  const route = newRoute(context, api, { RouteKey, Target: `integrations/${integration.IntegrationId}` });
  store.routes.put(key(api.ApiId, route.RouteId), { ...route, ApiGatewayManaged: true });
  const stage = newStage(api, { StageName: "$default", AutoDeploy: true }, clock.now());
  store.stages.put(key(api.ApiId, stage.StageName), { ...stage, ApiGatewayManaged: true });
}

function quickIntegration({ Target = "", CredentialsArn }: Quick) {
  const credentials = CredentialsArn === undefined ? {} : { CredentialsArn };
  if (Target.startsWith("arn:"))
    return { IntegrationType: "AWS_PROXY", IntegrationUri: Target, PayloadFormatVersion: "2.0", ...credentials };
  return { IntegrationType: "HTTP_PROXY", IntegrationMethod: "ANY", IntegrationUri: Target, ...credentials };
}

/** Target and route key of an API that was made so. */
export function changeQuick(context: ApiGatewayV2Context, api: ApiRow, quick: Quick): void {
  const { Target, RouteKey, CredentialsArn } = quick;
  if (Target === undefined && RouteKey === undefined && CredentialsArn === undefined) return;
  const { store } = context;
  const integration = [...store.integrations.rows(under(api.ApiId))].find((row) => row.ApiGatewayManaged === true);
  const route = [...store.routes.rows(under(api.ApiId))].find((row) => row.ApiGatewayManaged === true);
  if (integration === undefined || route === undefined)
    throw badRequest("Target, RouteKey and CredentialsArn can only be changed for APIs made by quick create");
  const target = Target === undefined ? {} : quickIntegration(quick);
  const next = {
    ...integration,
    ...target,
    ...(CredentialsArn === undefined ? {} : { CredentialsArn }),
  };
  store.integrations.put(key(api.ApiId, integration.IntegrationId), next);
  if (RouteKey === undefined) return;
  const changed = changedRoute(context, api, route, { ApiId: api.ApiId, RouteId: route.RouteId, RouteKey });
  store.routes.put(key(api.ApiId, route.RouteId), changed);
}
