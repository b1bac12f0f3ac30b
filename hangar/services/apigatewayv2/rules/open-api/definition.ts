// An HTTP API as an OpenAPI 3 document defines it, before anything is stored.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html

import type { Cors } from "../../../../models/apigatewayv2.d.ts";
import {
  flagAt,
  isNode,
  listAt,
  nodeAt,
  readDocument,
  resolved,
  textAt,
  textsAt,
  type Document,
  type Node,
} from "../../../../kernel/open-api-document.ts";
import { badRequest } from "../../errors.ts";
import { accessOf, authorizersOf, type DraftAccess, type DraftAuthorizer } from "./security.ts";

type DraftIntegration = Readonly<Record<string, unknown>> & { readonly IntegrationType: string };

export type DraftRoute = {
  readonly key: string;
  readonly operationName: string | undefined;
  readonly integration: DraftIntegration | undefined;
  readonly access: DraftAccess;
};

export type Definition = {
  readonly name: string;
  readonly description: string | undefined;
  readonly version: string | undefined;
  readonly cors: Cors | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly disableExecuteApiEndpoint: boolean;
  readonly authorizers: readonly DraftAuthorizer[];
  readonly routes: readonly DraftRoute[];
  /** What of the document is left out. The words are our own. */
  readonly warnings: readonly string[];
};

const METHODS = ["get", "put", "post", "delete", "patch", "options", "head"];
const ANY = "x-amazon-apigateway-any-method";

export type ImportedBody = {
  readonly Body: string;
  readonly Basepath?: string | undefined;
  readonly FailOnWarnings?: boolean | undefined;
};

export function definitionOf({ Body, Basepath = "ignore", FailOnWarnings = false }: ImportedBody): Definition {
  if (Basepath !== "ignore" && Basepath !== "prepend") throw badRequest(`Unsupported base path mode: ${Basepath}`);
  const definition = read(readDocument(Buffer.from(Body)), Basepath);
  const { warnings } = definition;
  if (FailOnWarnings && warnings.length > 0)
    throw badRequest(`Warnings found during import:\n${warnings.map((each) => `\t${each}`).join("\n")}`);
  return definition;
}

function read(document: Document, basePath: string): Definition {
  if (document.swagger) throw badRequest("Unsupported OpenAPI version. Only OpenAPI 3.0 documents define HTTP APIs");
  const { root } = document;
  const info = nodeAt(root, "info");
  const [server] = listAt(root, "servers");
  const endpoint = isNode(server) ? nodeAt(server, "x-amazon-apigateway-endpoint-configuration") : {};
  const authorizers = authorizersOf(document);
  const base = basePath === "prepend" ? baseOf(server) : "";
  const routes = Object.entries(nodeAt(root, "paths")).flatMap(([path, item]) =>
    isNode(item) ? routesOf(document, `${base}${path}`, item) : [],
  );
  return {
    name: textAt(info, "title") ?? "",
    description: textAt(info, "description"),
    version: textAt(info, "version"),
    cors: corsOf(root),
    tags: tagsOf(root),
    disableExecuteApiEndpoint: flagAt(endpoint, "disableExecuteApiEndpoint"),
    authorizers,
    routes: routes.map((route) => (isOfHttp(route) ? route : { ...route, integration: undefined })),
    warnings: routes.flatMap((route) =>
      isOfHttp(route)
        ? []
        : [
            `Integration type ${route.integration?.IntegrationType} of route ${route.key} is not supported for HTTP APIs`,
          ],
    ),
  };
}

/** The path of the first server. */
function baseOf(server: unknown): string {
  if (!isNode(server)) return "";
  const variables = nodeAt(server, "variables");
  const url = (textAt(server, "url") ?? "").replace(
    /\{([^}]+)\}/g,
    (_all, name: string) => textAt(nodeAt(variables, name), "default") ?? "",
  );
  return url.replace(/^[a-z]+:\/\/[^/]*/i, "").replace(/\/$/, "");
}

function routesOf(document: Document, path: string, item: Node): DraftRoute[] {
  return Object.entries(item).flatMap(([name, operation]) => {
    if (!isNode(operation) || !(METHODS.includes(name) || name === ANY)) return [];
    const fallback = flagAt(operation, "isDefaultRoute") || path === "/$default" || path === "$default";
    return [
      {
        key: fallback ? "$default" : `${name === ANY ? "ANY" : name.toUpperCase()} ${path}`,
        operationName: textAt(operation, "operationId"),
        integration: integrationOf(document, operation),
        access: accessOf(document, operation),
      },
    ];
  });
}

/** HTTP APIs have proxy integrations alone: a route with another is made without. */
function isOfHttp({ integration }: DraftRoute): boolean {
  return integration === undefined || Object.values(TYPES).includes(integration.IntegrationType);
}

const TYPES: Readonly<Record<string, string>> = { aws_proxy: "AWS_PROXY", http_proxy: "HTTP_PROXY" };

function integrationOf(document: Document, operation: Node): DraftIntegration | undefined {
  const written = operation["x-amazon-apigateway-integration"];
  if (!isNode(written)) return undefined;
  const node = resolved(document, written);
  const type = textAt(node, "type") ?? "";
  const timeout = textAt(node, "timeoutInMillis");
  const all = {
    IntegrationSubtype: textAt(node, "integrationSubtype"),
    IntegrationUri: textAt(node, "uri"),
    IntegrationMethod: textAt(node, "httpMethod"),
    PayloadFormatVersion: textAt(node, "payloadFormatVersion") === "1" ? "1.0" : textAt(node, "payloadFormatVersion"),
    ConnectionType: textAt(node, "connectionType"),
    ConnectionId: textAt(node, "connectionId"),
    CredentialsArn: textAt(node, "credentials"),
    Description: textAt(node, "description"),
    TimeoutInMillis: timeout === undefined ? undefined : Number(timeout),
    RequestParameters: textsAt(node, "requestParameters"),
    ResponseParameters: responseParametersOf(node),
    TlsConfig: isNode(node["tlsConfig"])
      ? { ServerNameToVerify: textAt(nodeAt(node, "tlsConfig"), "serverNameToVerify") }
      : undefined,
  };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), IntegrationType: TYPES[type.toLowerCase()] ?? type.toUpperCase() };
}

function responseParametersOf(node: Node): Record<string, Readonly<Record<string, string>>> | undefined {
  const written = node["responseParameters"];
  if (!isNode(written)) return undefined;
  return Object.fromEntries(Object.keys(written).map((status) => [status, textsAt(written, status) ?? {}]));
}

function corsOf(root: Node): Cors | undefined {
  const written = root["x-amazon-apigateway-cors"];
  if (!isNode(written)) return undefined;
  const list = (name: string): readonly string[] | undefined =>
    written[name] === undefined ? undefined : [written[name]].flat().map(String);
  const age = textAt(written, "maxAge");
  const all = {
    AllowOrigins: list("allowOrigins"),
    AllowMethods: list("allowMethods"),
    AllowHeaders: list("allowHeaders"),
    ExposeHeaders: list("exposeHeaders"),
    MaxAge: age === undefined ? undefined : Number(age),
    AllowCredentials: written["allowCredentials"] === undefined ? undefined : flagAt(written, "allowCredentials"),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function tagsOf(root: Node): Record<string, string> {
  return Object.fromEntries(
    listAt(root, "tags").flatMap((tag) => {
      const value = isNode(tag) ? textAt(tag, "x-amazon-apigateway-tag-value") : undefined;
      return isNode(tag) && value !== undefined ? [[textAt(tag, "name") ?? "", value]] : [];
    }),
  );
}
