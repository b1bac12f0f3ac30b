// Rows as callers see them.

import type { Api, Deployment, IntegrationResponse, RouteResponse, Stage } from "../../../models/apigatewayv2.d.ts";
import type {
  ApiGatewayV2Context,
  ApiRow,
  DeploymentRow,
  IntegrationResponseRow,
  RouteResponseRow,
  StageRow,
} from "../store.ts";

/** Addresses that we hand out lead here, never to AWS. */
export function apiAnswer(row: ApiRow, { request }: ApiGatewayV2Context): Api {
  const origin = row.ProtocolType === "WEBSOCKET" ? request.origin.replace(/^http/, "ws") : request.origin;
  return {
    ...row,
    ApiEndpoint: `${origin}/_aws/execute-api/${row.ApiId}`,
    CreatedDate: new Date(row.CreatedDate),
  };
}

export function importAnswer(row: ApiRow, warnings: readonly string[], context: ApiGatewayV2Context): Api {
  return { ...apiAnswer(row, context), ...(warnings.length > 0 && { Warnings: warnings }) };
}

export function stageAnswer({ stale: _stale, ...row }: StageRow): Stage {
  return { ...row, CreatedDate: new Date(row.CreatedDate), LastUpdatedDate: new Date(row.LastUpdatedDate) };
}

export function deploymentAnswer({ snapshot: _snapshot, ...row }: DeploymentRow): Deployment {
  return { ...row, CreatedDate: new Date(row.CreatedDate) };
}

export function routeResponseAnswer({ RouteId: _route, ...row }: RouteResponseRow): RouteResponse {
  return row;
}

export function integrationResponseAnswer({ IntegrationId: _id, ...row }: IntegrationResponseRow): IntegrationResponse {
  return row;
}
