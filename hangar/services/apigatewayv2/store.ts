// Tables of HTTP and WebSocket APIs, and the look-ups that fail in AWS's words. Times in rows are milliseconds.

import { operationsOn, table, type Context, type Store } from "../../cloud/operation.ts";
import { compositeKey, type Table } from "../../kernel/table.ts";
import type {
  Api,
  Authorizer,
  Cors,
  Deployment,
  Integration,
  IntegrationResponse,
  Model,
  Route,
  RouteResponse,
  Stage,
} from "../../models/apigatewayv2.d.ts";
import { noSuch, notFound } from "./errors.ts";

export type ApiRow = Omit<Api, "CreatedDate" | "ApiEndpoint"> & {
  readonly ApiId: string;
  readonly CreatedDate: number;
};
export type RouteRow = Route & { readonly RouteId: string };
export type RouteResponseRow = RouteResponse & { readonly RouteId: string; readonly RouteResponseId: string };
export type IntegrationRow = Integration & { readonly IntegrationId: string; readonly IntegrationType: string };
export type IntegrationResponseRow = IntegrationResponse & {
  readonly IntegrationId: string;
  readonly IntegrationResponseId: string;
};
export type AuthorizerRow = Authorizer & { readonly AuthorizerId: string; readonly AuthorizerType: string };
export type ModelRow = Model & { readonly ModelId: string };

/** All that serving requests needs, as it stood when it was deployed. */
export type Snapshot = {
  readonly routes: readonly RouteRow[];
  readonly routeResponses: readonly RouteResponseRow[];
  readonly integrations: readonly IntegrationRow[];
  readonly integrationResponses: readonly IntegrationResponseRow[];
  readonly authorizers: readonly AuthorizerRow[];
  readonly models: readonly ModelRow[];
  readonly cors?: Cors | undefined;
};
export type DeploymentRow = Omit<Deployment, "CreatedDate"> & {
  readonly DeploymentId: string;
  readonly CreatedDate: number;
  readonly snapshot: Snapshot;
};
export type StageRow = Omit<Stage, "CreatedDate" | "LastUpdatedDate"> & {
  readonly CreatedDate: number;
  readonly LastUpdatedDate: number;
  /** The API changed since its last automatic deployment. */
  readonly stale?: boolean | undefined;
};

export const tables = {
  apis: table<ApiRow>(),
  routes: table<RouteRow>(),
  routeResponses: table<RouteResponseRow>(),
  integrations: table<IntegrationRow>(),
  integrationResponses: table<IntegrationResponseRow>(),
  authorizers: table<AuthorizerRow>(),
  models: table<ModelRow>(),
  deployments: table<DeploymentRow>(),
  stages: table<StageRow>(),
};

export type Tables = typeof tables;
export type ApiGatewayV2Context = Context<Tables>;
export type ApiGatewayV2Store = Store<Tables>;
export const operation = operationsOn<Tables>();

export const key = compositeKey;

/** Everything below an API, or below a route or integration of it. */
export function under(...parts: readonly string[]): { readonly prefix: string } {
  return { prefix: `${compositeKey(...parts)}\u0000` };
}

export function apiOf({ store, account }: ApiGatewayV2Context, id: string): ApiRow {
  const row = store.apis.get(id);
  if (row === undefined) throw notFound(`Invalid API identifier specified ${account}:${id}`);
  return row;
}

/** A row below an API; the last part is its id. */
function below<Row>(
  context: ApiGatewayV2Context,
  rows: Table<Row>,
  what: string,
  parts: readonly [string, ...string[]],
): Row {
  apiOf(context, parts[0]);
  const row = rows.get(key(...parts));
  if (row === undefined) throw noSuch(what, parts.at(-1) ?? "");
  return row;
}

export function routeOf(context: ApiGatewayV2Context, apiId: string, id: string): RouteRow {
  return below(context, context.store.routes, "Route", [apiId, id]);
}

export function integrationOf(context: ApiGatewayV2Context, apiId: string, id: string): IntegrationRow {
  return below(context, context.store.integrations, "Integration", [apiId, id]);
}

export function authorizerOf(context: ApiGatewayV2Context, apiId: string, id: string): AuthorizerRow {
  return below(context, context.store.authorizers, "Authorizer", [apiId, id]);
}

export function modelOf(context: ApiGatewayV2Context, apiId: string, id: string): ModelRow {
  return below(context, context.store.models, "Model", [apiId, id]);
}

export function stageOf(context: ApiGatewayV2Context, apiId: string, name: string): StageRow {
  return below(context, context.store.stages, "stage", [apiId, name]);
}

export function deploymentOf(context: ApiGatewayV2Context, apiId: string, id: string): DeploymentRow {
  return below(context, context.store.deployments, "Deployment", [apiId, id]);
}

export type RouteResponseName = { readonly ApiId: string; readonly RouteId: string; readonly RouteResponseId: string };

export function routeResponseOf(
  context: ApiGatewayV2Context,
  { ApiId, RouteId, RouteResponseId }: RouteResponseName,
): RouteResponseRow {
  routeOf(context, ApiId, RouteId);
  return below(context, context.store.routeResponses, "RouteResponse", [ApiId, RouteId, RouteResponseId]);
}

export type IntegrationResponseName = {
  readonly ApiId: string;
  readonly IntegrationId: string;
  readonly IntegrationResponseId: string;
};

export function integrationResponseOf(
  context: ApiGatewayV2Context,
  { ApiId, IntegrationId, IntegrationResponseId }: IntegrationResponseName,
): IntegrationResponseRow {
  integrationOf(context, ApiId, IntegrationId);
  return below(context, context.store.integrationResponses, "IntegrationResponse", [
    ApiId,
    IntegrationId,
    IntegrationResponseId,
  ]);
}
