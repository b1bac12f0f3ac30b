// Security schemes of an OpenAPI document as authorizers, and what each operation asks for.

import {
  flagAt,
  isNode,
  listAt,
  nodeAt,
  textAt,
  type Document,
  type Node,
} from "../../../../kernel/open-api-document.ts";

export type DraftAuthorizer = { readonly Name: string; readonly AuthorizerType: string } & Readonly<
  Record<string, unknown>
>;

/** `authorizer` is a name yet. */
export type DraftAccess = {
  readonly AuthorizationType: string;
  readonly authorizer?: string;
  readonly AuthorizationScopes?: readonly string[];
};

const AUTHORIZER = "x-amazon-apigateway-authorizer";

function schemesOf({ root }: Document): Node {
  return nodeAt(nodeAt(root, "components"), "securitySchemes");
}

export function authorizersOf(document: Document): DraftAuthorizer[] {
  return Object.entries(schemesOf(document)).flatMap(([Name, scheme]) => {
    const node = isNode(scheme) ? scheme[AUTHORIZER] : undefined;
    return isNode(node) ? [authorizerOf(Name, node)] : [];
  });
}

function authorizerOf(Name: string, node: Node): DraftAuthorizer {
  const sources = [node["identitySource"]].flat().filter((each): each is string => typeof each === "string");
  const IdentitySource = sources.flatMap((each) => each.split(",").map((part) => part.trim()));
  if (textAt(node, "type")?.toLowerCase() === "jwt") {
    const { issuer, audience } = nodeAt(node, "jwtConfiguration");
    return {
      Name,
      AuthorizerType: "JWT",
      IdentitySource: IdentitySource.length === 0 ? ["$request.header.Authorization"] : IdentitySource,
      JwtConfiguration: { Issuer: issuer, Audience: [audience].flat().map(String) },
    };
  }
  const ttl = textAt(node, "authorizerResultTtlInSeconds");
  const all = {
    AuthorizerUri: textAt(node, "authorizerUri"),
    AuthorizerPayloadFormatVersion: textAt(node, "authorizerPayloadFormatVersion"),
    AuthorizerCredentialsArn: textAt(node, "authorizerCredentials"),
    AuthorizerResultTtlInSeconds: ttl === undefined ? undefined : Number(ttl),
    EnableSimpleResponses:
      node["enableSimpleResponses"] === undefined ? undefined : flagAt(node, "enableSimpleResponses"),
  };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return { Name, AuthorizerType: "REQUEST", IdentitySource, ...given };
}

/** The operation's own security, else the document's. */
export function accessOf(document: Document, operation: Node): DraftAccess {
  const listed = Array.isArray(operation["security"])
    ? listAt(operation, "security")
    : listAt(document.root, "security");
  const schemes = schemesOf(document);
  for (const requirement of listed.filter(isNode))
    for (const [name, scopes] of Object.entries(requirement)) {
      const access = accessBy(name, nodeAt(schemes, name), Array.isArray(scopes) ? scopes.map(String) : []);
      if (access !== undefined) return access;
    }
  return { AuthorizationType: "NONE" };
}

function accessBy(authorizer: string, scheme: Node, scopes: readonly string[]): DraftAccess | undefined {
  if (textAt(scheme, "x-amazon-apigateway-authtype")?.toLowerCase() === "awssigv4")
    return { AuthorizationType: "AWS_IAM" };
  const node = scheme[AUTHORIZER];
  if (!isNode(node)) return undefined;
  if (textAt(node, "type")?.toLowerCase() !== "jwt") return { AuthorizationType: "CUSTOM", authorizer };
  return { AuthorizationType: "JWT", authorizer, ...(scopes.length === 0 ? {} : { AuthorizationScopes: scopes }) };
}
