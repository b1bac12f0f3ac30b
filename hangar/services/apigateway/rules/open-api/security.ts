// Who may call, by an OpenAPI document: authorizers, API keys and signatures among its security schemes.

import type { AuthorizerRow, MethodRow } from "../../store.ts";
import {
  isNode,
  listAt,
  nodeAt,
  resolved,
  textAt,
  type Document,
  type Node,
} from "../../../../kernel/open-api-document.ts";

export type DraftAuthorizer = Omit<AuthorizerRow, "id"> & { readonly name: string };

export function schemesOf(document: Document): Readonly<Record<string, Node>> {
  const { root, swagger } = document;
  const schemes = swagger ? nodeAt(root, "securityDefinitions") : nodeAt(nodeAt(root, "components"), "securitySchemes");
  return Object.fromEntries(Object.entries(schemes).map(([name, scheme]) => [name, resolved(document, scheme)]));
}

export function authorizersOf(schemes: Readonly<Record<string, Node>>): readonly DraftAuthorizer[] {
  return Object.entries(schemes).flatMap(([name, scheme]) => {
    const authorizer = scheme["x-amazon-apigateway-authorizer"];
    return isNode(authorizer) ? [draft(name, scheme, authorizer)] : [];
  });
}

function draft(name: string, scheme: Node, authorizer: Node): DraftAuthorizer {
  const type = (textAt(authorizer, "type") ?? "token").toUpperCase();
  const pools = type === "COGNITO_USER_POOLS";
  const header = textAt(scheme, "name");
  const identitySource =
    textAt(authorizer, "identitySource") ??
    (header === undefined || type === "REQUEST" ? undefined : `method.request.header.${header}`);
  const ttl = textAt(authorizer, "authorizerResultTtlInSeconds");
  const optional = {
    authorizerUri: textAt(authorizer, "authorizerUri"),
    authorizerCredentials: textAt(authorizer, "authorizerCredentials"),
    identityValidationExpression: textAt(authorizer, "identityValidationExpression"),
    identitySource,
    authorizerResultTtlInSeconds: ttl === undefined ? undefined : Number(ttl),
    providerARNs: pools ? listAt(authorizer, "providerARNs").map(String) : undefined,
  };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  const usual = pools ? "cognito_user_pools" : "custom";
  return { name, type, authType: textAt(scheme, "x-amazon-apigateway-authtype") ?? usual, ...given };
}

type Access = Pick<MethodRow, "authorizationType" | "apiKeyRequired" | "authorizationScopes" | "authorizerId">;

/** What an operation's `security` asks for. `authorizerId` is the scheme's name: ids come when rows are made. */
export function accessOf(operation: Node, document: Document, schemes: Readonly<Record<string, Node>>): Access {
  const asked = operation["security"] === undefined ? document.root : operation;
  let access: Access = { authorizationType: "NONE", apiKeyRequired: false };
  for (const requirement of listAt(asked, "security").filter(isNode)) {
    for (const [name, scopes] of Object.entries(requirement)) {
      const scheme = schemes[name] ?? {};
      const authorizer = scheme["x-amazon-apigateway-authorizer"];
      if (isNode(authorizer)) access = { ...access, ...guarded(name, authorizer, scopes) };
      else if (textAt(scheme, "x-amazon-apigateway-authtype")?.toLowerCase() === "awssigv4")
        access = { ...access, authorizationType: "AWS_IAM" };
      else if (textAt(scheme, "type") === "apiKey" && textAt(scheme, "name")?.toLowerCase() === "x-api-key")
        access = { ...access, apiKeyRequired: true };
    }
  }
  const explicit = textAt(nodeAt(operation, "x-amazon-apigateway-auth"), "type");
  return explicit === undefined ? access : { ...access, authorizationType: explicit.toUpperCase() };
}

function guarded(name: string, authorizer: Node, scopes: unknown): Partial<Access> {
  const pools = textAt(authorizer, "type")?.toUpperCase() === "COGNITO_USER_POOLS";
  const list = Array.isArray(scopes) ? scopes.map(String) : [];
  return {
    authorizationType: pools ? "COGNITO_USER_POOLS" : "CUSTOM",
    authorizerId: name,
    ...(list.length === 0 ? {} : { authorizationScopes: list }),
  };
}
