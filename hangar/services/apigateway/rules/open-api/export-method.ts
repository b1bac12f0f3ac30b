// A deployed method as an operation of an OpenAPI document.

import type { Integration, MethodResponse } from "../../../../models/apigateway.d.ts";
import type { MethodRow, Snapshot } from "../../store.ts";

type Json = Readonly<Record<string, unknown>>;

export type Export = {
  readonly snapshot: Snapshot;
  readonly swagger: boolean;
  /** `integrations`, `authorizers`, `apigateway` (which is both, and the API's own). */
  readonly extensions: ReadonlySet<string>;
};

const PLACES: Readonly<Record<string, string>> = { path: "path", querystring: "query", header: "header" };

export function exportedMethod(method: MethodRow, given: Export): Json {
  const { swagger, snapshot } = given;
  const { requestModels = {}, methodResponses = {}, methodIntegration } = method;
  const consumes = typesOf(requestModels, methodIntegration?.requestTemplates);
  const produces = typesOf(
    ...Object.values(methodResponses).map((response) => response.responseModels),
    ...Object.values(methodIntegration?.integrationResponses ?? {}).map((response) => response.responseTemplates),
  );
  const body = Object.entries(requestModels);
  const parameters = [...parametersOf(method, swagger), ...(swagger ? bodyParameter(body) : [])];
  const validator = snapshot.validators.find((row) => row.id === method.requestValidatorId)?.name;
  const security = securityOf(method, given);
  const integration = given.extensions.has("integrations") ? methodIntegration : undefined;
  return {
    ...(method.operationName === undefined ? {} : { operationId: method.operationName }),
    ...(swagger && consumes.length > 0 ? { consumes } : {}),
    ...(swagger && produces.length > 0 ? { produces } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(swagger || body.length === 0 ? {} : { requestBody: { content: contentOf(requestModels), required: true } }),
    responses: Object.fromEntries(
      Object.entries(methodResponses).map(([status, response]) => [status, responseOf(status, response, swagger)]),
    ),
    ...(security.length === 0 ? {} : { security }),
    ...(validator === undefined || !given.extensions.has("apigateway")
      ? {}
      : { "x-amazon-apigateway-request-validator": validator }),
    ...(integration === undefined
      ? {}
      : { "x-amazon-apigateway-integration": integrationOf(integration, method.resourceId) }),
  };
}

function typesOf(...maps: readonly (Json | undefined)[]): readonly string[] {
  return [...new Set(maps.flatMap((map) => Object.keys(map ?? {})))];
}

export function modelReference(name: string, swagger: boolean): Json {
  return { $ref: `#/${swagger ? "definitions" : "components/schemas"}/${name}` };
}

function parametersOf({ requestParameters = {} }: MethodRow, swagger: boolean): readonly Json[] {
  return Object.entries(requestParameters).flatMap(([parameter, required]): readonly Json[] => {
    const [, , kind = "", ...rest] = parameter.split(".");
    const place = PLACES[kind];
    if (place === undefined) return [];
    const named = { name: rest.join("."), in: place };
    if (swagger) return [{ ...named, required, type: "string" }];
    return [{ ...named, ...(required ? { required } : {}), schema: { type: "string" } }];
  });
}

function bodyParameter([first]: readonly (readonly [string, string])[]): readonly Json[] {
  if (first === undefined) return [];
  return [{ in: "body", name: first[1], required: true, schema: modelReference(first[1], true) }];
}

function contentOf(models: Readonly<Record<string, string>>): Json {
  return Object.fromEntries(
    Object.entries(models).map(([type, name]) => [type, { schema: modelReference(name, false) }]),
  );
}

function responseOf(status: string, response: MethodResponse, swagger: boolean): Json {
  const { responseParameters = {}, responseModels = {} } = response;
  const headers = Object.keys(responseParameters).map((name) => [
    name.replace(/^method\.response\.header\./, ""),
    swagger ? { type: "string" } : { schema: { type: "string" } },
  ]);
  const [model] = Object.values(responseModels);
  return {
    description: `${status} response`,
    ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers) as Json }),
    ...(swagger
      ? model === undefined
        ? {}
        : { schema: modelReference(model, true) }
      : { content: contentOf(responseModels) }),
  };
}

function securityOf(method: MethodRow, { snapshot, extensions }: Export): readonly Json[] {
  const authorizer = snapshot.authorizers.find((row) => row.id === method.authorizerId);
  return [
    ...(authorizer === undefined ? [] : [{ [authorizer.name ?? authorizer.id]: method.authorizationScopes ?? [] }]),
    ...(method.authorizationType === "AWS_IAM" && extensions.has("authorizers") ? [{ sigv4: [] }] : []),
    ...(method.apiKeyRequired === true ? [{ api_key: [] }] : []),
  ];
}

function integrationOf(integration: Integration, resourceId: string): Json {
  const { httpMethod, uri, credentials, requestParameters, requestTemplates, contentHandling } = integration;
  const {
    type = "",
    passthroughBehavior = "",
    connectionType,
    connectionId,
    tlsConfig,
    timeoutInMillis,
    responseTransferMode,
    cacheNamespace,
  } = integration;
  const responses = Object.values(integration.integrationResponses ?? {}).map(({ selectionPattern, ...response }) => [
    selectionPattern === undefined || selectionPattern === "" ? "default" : selectionPattern,
    response,
  ]);
  const cacheKeys = integration.cacheKeyParameters ?? [];
  const optional = {
    httpMethod,
    uri,
    credentials,
    requestParameters,
    requestTemplates,
    contentHandling,
    connectionId,
    tlsConfig: tlsConfig as Json | undefined,
    responses: responses.length === 0 ? undefined : (Object.fromEntries(responses) as Json),
    connectionType: connectionType === "VPC_LINK" ? connectionType : undefined,
    timeoutInMillis: timeoutInMillis === 29_000 ? undefined : timeoutInMillis,
    responseTransferMode,
    cacheNamespace: cacheNamespace === resourceId ? undefined : cacheNamespace,
    cacheKeyParameters: cacheKeys.length === 0 ? undefined : cacheKeys,
  };
  const kept = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return { type: type.toLowerCase(), passthroughBehavior: passthroughBehavior.toLowerCase(), ...kept };
}
