// A REST API as an OpenAPI document defines it, before anything is stored.

import type { GatewayResponseRow, MethodRow, ValidatorRow } from "../../store.ts";
import {
  isNode,
  nodeAt,
  flagAt,
  textAt,
  textsAt,
  type Document,
  type Node,
} from "../../../../kernel/open-api-document.ts";
import { integrationOf, type DraftIntegration } from "./integrations.ts";
import { modelsOf, type DraftModel, type Models } from "./models.ts";
import { basePathOf, segmentsOf, type BasePathMode } from "./paths.ts";
import { parametersOf, requestModelsOf, requestParametersOf, responsesOf } from "./requests.ts";
import { accessOf, authorizersOf, schemesOf, type DraftAuthorizer } from "./security.ts";

/** `authorizerId` and `requestValidatorId` are names yet. */
export type DraftMethod = {
  readonly segments: readonly string[];
  readonly method: Omit<MethodRow, "resourceId" | "methodIntegration">;
  readonly integration: DraftIntegration | undefined;
};

export type Definition = {
  readonly models: readonly DraftModel[];
  readonly validators: readonly Omit<ValidatorRow, "id">[];
  readonly authorizers: readonly DraftAuthorizer[];
  readonly gatewayResponses: readonly GatewayResponseRow[];
  /** Also of paths that have no methods. */
  readonly paths: readonly (readonly string[])[];
  readonly methods: readonly DraftMethod[];
  /** What was read otherwise than it was written. */
  readonly warnings: readonly string[];
};

const METHODS = ["get", "put", "post", "delete", "patch", "options", "head"];
const ANY = "x-amazon-apigateway-any-method";

export type Facts = { readonly apiId: string; readonly mode: BasePathMode; newName(): string };

export function definitionOf(document: Document, { apiId, mode, newName }: Facts): Definition {
  const { root } = document;
  const models = modelsOf(document, apiId, newName);
  const schemes = schemesOf(document);
  const base = basePathOf(document);
  const placed = Object.entries(nodeAt(root, "paths")).flatMap(([path, item]) =>
    isNode(item) ? [{ segments: segmentsOf(path, base, mode), item }] : [],
  );
  const methods = placed.flatMap(({ segments, item }) =>
    Object.entries(item).flatMap(([name, operation]) => {
      if (!isNode(operation) || !(METHODS.includes(name) || name === ANY)) return [];
      const httpMethod = name === ANY ? "ANY" : name.toUpperCase();
      const method = { httpMethod, ...methodOf({ document, item, operation, models, schemes, segments }) };
      return [{ segments, method, integration: integrationOf(operation) }];
    }),
  );
  return {
    // Read last: methods add the models that are written in place.
    models: [...models.all.values()],
    validators: Object.entries(nodeAt(root, "x-amazon-apigateway-request-validators")).map(([name, flags]) => ({
      name,
      validateRequestBody: isNode(flags) && flagAt(flags, "validateRequestBody"),
      validateRequestParameters: isNode(flags) && flagAt(flags, "validateRequestParameters"),
    })),
    authorizers: authorizersOf(schemes),
    gatewayResponses: gatewayResponsesOf(root),
    paths: placed.map(({ segments }) => segments),
    methods,
    warnings: methods.flatMap(warningsOf),
  };
}

function warningsOf({ segments, method, integration }: DraftMethod): readonly string[] {
  const place = `of resource '/${segments.join("/")}' and method '${method.httpMethod}'`;
  return (integration?.odd ?? []).map(
    ([name, value]) =>
      `Invalid format for 'requestParameters'. Expected type string for property '${name}' ${place} but got '${JSON.stringify(value)}'`,
  );
}

type Place = {
  readonly document: Document;
  readonly item: Node;
  readonly operation: Node;
  readonly models: Models;
  readonly schemes: Readonly<Record<string, Node>>;
  readonly segments: readonly string[];
};

function methodOf({
  document,
  item,
  operation,
  models,
  schemes,
  segments,
}: Place): Omit<DraftMethod["method"], "httpMethod"> {
  const parameters = parametersOf(document, item, operation);
  const place = { document, operation, models };
  const validator = "x-amazon-apigateway-request-validator";
  const optional = {
    operationName: textAt(operation, "operationId"),
    requestValidatorId: textAt(operation, validator) ?? textAt(document.root, validator),
    requestParameters: unlessEmpty({ ...variablesOf(segments), ...requestParametersOf(parameters) }),
    requestModels: unlessEmpty(requestModelsOf(place, parameters)),
    methodResponses: unlessEmpty(responsesOf(place)),
  };
  const kept = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return { ...accessOf(operation, document, schemes), ...kept };
}

/** A path's variables are parameters, whether or not the document declares them. */
function variablesOf(segments: readonly string[]): Readonly<Record<string, boolean>> {
  const names = segments.flatMap((segment) => /^\{(.+?)\+?\}$/.exec(segment)?.slice(1) ?? []);
  return Object.fromEntries(names.map((name) => [`method.request.path.${name}`, true]));
}

function unlessEmpty<Value extends object>(map: Value): Value | undefined {
  return Object.keys(map).length === 0 ? undefined : map;
}

function gatewayResponsesOf(root: Node): readonly GatewayResponseRow[] {
  return Object.entries(nodeAt(root, "x-amazon-apigateway-gateway-responses")).flatMap(([responseType, response]) => {
    if (!isNode(response)) return [];
    const statusCode = textAt(response, "statusCode");
    const row = {
      responseType,
      ...(statusCode === undefined ? {} : { statusCode }),
      responseParameters: textsAt(response, "responseParameters") ?? {},
      responseTemplates: textsAt(response, "responseTemplates") ?? {},
    };
    return [row];
  });
}
