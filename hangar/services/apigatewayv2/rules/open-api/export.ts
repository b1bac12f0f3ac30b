// An HTTP API as an OpenAPI 3 document.

import type { Cors } from "../../../../models/apigatewayv2.d.ts";
import type { ApiRow, AuthorizerRow, IntegrationRow, RouteRow, Snapshot } from "../../store.ts";
import { httpRouteKey } from "../route-key.ts";

type Node = Record<string, unknown>;

export type Exported = {
  readonly api: ApiRow;
  readonly snapshot: Snapshot;
  readonly address: string;
  readonly extensions: boolean;
};

export function exportedApi({ api, snapshot, address, extensions }: Exported): Node {
  const paths: Record<string, Node> = {};
  for (const route of snapshot.routes) {
    const { method = "ANY", path = "/$default" } = httpRouteKey(route.RouteKey) ?? {};
    (paths[path] ??= {})[method === "ANY" ? "x-amazon-apigateway-any-method" : method.toLowerCase()] = operationOf(
      route,
      snapshot,
      extensions,
    );
  }
  const schemes = Object.fromEntries(snapshot.authorizers.map((each) => [each.Name, schemeOf(each, extensions)]));
  const iam = snapshot.routes.some((route) => route.AuthorizationType === "AWS_IAM");
  const all = { ...schemes, ...(iam ? { sigv4: SIGV4 } : {}) };
  return {
    openapi: "3.0.1",
    info: {
      title: api.Name,
      ...(api.Description === undefined ? {} : { description: api.Description }),
      version: api.Version ?? new Date(api.CreatedDate).toISOString().replace(/\.\d+Z$/, "Z"),
    },
    servers: [{ url: address }],
    paths,
    ...(Object.keys(all).length === 0 ? {} : { components: { securitySchemes: all } }),
    ...(extensions && snapshot.cors !== undefined ? { "x-amazon-apigateway-cors": lower(snapshot.cors) } : {}),
    ...(extensions ? { "x-amazon-apigateway-importexport-version": "1.0" } : {}),
  };
}

const SIGV4 = {
  type: "apiKey",
  name: "Authorization",
  in: "header",
  "x-amazon-apigateway-authtype": "awsSigv4",
};

function operationOf(route: RouteRow, snapshot: Snapshot, extensions: boolean): Node {
  const { RouteKey, OperationName, Target, AuthorizationType, AuthorizerId, AuthorizationScopes = [] } = route;
  const variables = [...(httpRouteKey(RouteKey)?.path ?? "").matchAll(/\{([^}+]+)\+?\}/g)].map(
    (found) => found[1] ?? "",
  );
  const integration = snapshot.integrations.find((each) => Target === `integrations/${each.IntegrationId}`);
  const authorizer = snapshot.authorizers.find((each) => each.AuthorizerId === AuthorizerId);
  const security = AuthorizationType === "AWS_IAM" ? "sigv4" : authorizer?.Name;
  return {
    ...(OperationName === undefined ? {} : { operationId: OperationName }),
    ...(variables.length === 0 ? {} : { parameters: variables.map(parameterOf) }),
    responses: { default: { description: `Default response for ${RouteKey}` } },
    ...(security === undefined ? {} : { security: [{ [security]: AuthorizationScopes }] }),
    ...(RouteKey === "$default" ? { isDefaultRoute: true } : {}),
    ...(extensions && integration !== undefined
      ? { "x-amazon-apigateway-integration": integrationNode(integration) }
      : {}),
  };
}

function parameterOf(name: string): Node {
  return {
    name,
    in: "path",
    description: "Generated path parameter for " + name,
    required: true,
    schema: { type: "string" },
  };
}

function integrationNode(row: IntegrationRow): Node {
  const all = {
    payloadFormatVersion: row.PayloadFormatVersion,
    type: row.IntegrationType.toLowerCase(),
    integrationSubtype: row.IntegrationSubtype,
    httpMethod: row.IntegrationMethod,
    uri: row.IntegrationUri,
    connectionType: row.ConnectionType,
    credentials: row.CredentialsArn,
    description: row.Description,
    timeoutInMillis: row.TimeoutInMillis,
    requestParameters: row.RequestParameters,
    responseParameters: row.ResponseParameters,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function schemeOf(row: AuthorizerRow, extensions: boolean): Node {
  if (row.AuthorizerType === "JWT") {
    const { Issuer, Audience } = row.JwtConfiguration ?? {};
    const own = {
      type: "jwt",
      jwtConfiguration: { audience: Audience, issuer: Issuer },
      identitySource: row.IdentitySource?.join(","),
    };
    return { type: "oauth2", flows: {}, ...(extensions ? { "x-amazon-apigateway-authorizer": own } : {}) };
  }
  const all = {
    type: "request",
    identitySource: row.IdentitySource?.join(","),
    authorizerUri: row.AuthorizerUri,
    authorizerPayloadFormatVersion: row.AuthorizerPayloadFormatVersion,
    authorizerResultTtlInSeconds: row.AuthorizerResultTtlInSeconds,
    enableSimpleResponses: row.EnableSimpleResponses,
    authorizerCredentials: row.AuthorizerCredentialsArn,
  };
  const own = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== ""));
  const scheme = { type: "apiKey", name: "Unused", in: "header" };
  return { ...scheme, ...(extensions ? { "x-amazon-apigateway-authorizer": own } : {}) };
}

function lower(cors: Cors): Node {
  return Object.fromEntries(
    Object.entries(cors).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
  );
}
