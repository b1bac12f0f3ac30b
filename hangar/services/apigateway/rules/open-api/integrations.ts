// The integration of a method of an OpenAPI document: x-amazon-apigateway-integration.

import type { IntegrationResponse, PutIntegrationInput } from "../../../../models/apigateway.d.ts";
import { badRequest } from "../../errors.ts";
import { flagAt, isNode, listAt, nodeAt, textAt, textsAt, type Node } from "../../../../kernel/open-api-document.ts";

type Draft = Omit<PutIntegrationInput, "restApiId" | "resourceId" | "httpMethod">;

export type DraftIntegration = {
  readonly input: Draft;
  readonly responses: Readonly<Record<string, IntegrationResponse>>;
  /** Parameters that are no text, and so are left out, with what they were. */
  readonly odd: readonly (readonly [string, unknown])[];
};

const KEPT = ["uri", "connectionId", "connectionType", "credentials", "cacheNamespace", "integrationTarget"] as const;

export function integrationOf(operation: Node): DraftIntegration | undefined {
  const given = operation["x-amazon-apigateway-integration"];
  if (!isNode(given)) return undefined;
  const type = textAt(given, "type")?.toUpperCase();
  if (type === undefined) throw badRequest("Invalid OpenAPI input.");
  const parameters = Object.entries(nodeAt(given, "requestParameters"));
  const mapped = parameters.filter((each): each is [string, string] => typeof each[1] === "string");
  const timeout = textAt(given, "timeoutInMillis");
  const cacheKeys = listAt(given, "cacheKeyParameters").map(String);
  const optional = {
    ...Object.fromEntries(KEPT.map((name) => [name, textAt(given, name)])),
    integrationHttpMethod: textAt(given, "httpMethod")?.toUpperCase(),
    passthroughBehavior: textAt(given, "passthroughBehavior")?.toUpperCase(),
    contentHandling: textAt(given, "contentHandling")?.toUpperCase(),
    responseTransferMode: textAt(given, "responseTransferMode")?.toUpperCase(),
    requestParameters: isNode(given["requestParameters"]) ? Object.fromEntries(mapped) : undefined,
    requestTemplates: textsAt(given, "requestTemplates"),
    tlsConfig: isNode(given["tlsConfig"])
      ? { insecureSkipVerification: flagAt(given["tlsConfig"], "insecureSkipVerification") }
      : undefined,
    timeoutInMillis: timeout === undefined ? undefined : Number(timeout),
    cacheKeyParameters: cacheKeys.length === 0 ? undefined : cacheKeys,
  };
  const kept = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  const odd = parameters.filter(([, value]) => typeof value !== "string");
  return { input: { ...kept, type } as Draft, responses: responsesOf(nodeAt(given, "responses")), odd };
}

/** Patterns to responses; `default` is the one without a pattern. */
function responsesOf(responses: Node): Readonly<Record<string, IntegrationResponse>> {
  const drafts = Object.entries(responses).flatMap(([pattern, response]) => {
    if (!isNode(response)) return [];
    const statusCode = textAt(response, "statusCode") ?? "200";
    const optional = {
      selectionPattern: pattern === "default" ? undefined : pattern,
      responseParameters: textsAt(response, "responseParameters"),
      responseTemplates: textsAt(response, "responseTemplates"),
      contentHandling: textAt(response, "contentHandling")?.toUpperCase(),
    };
    const kept = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
    return [[statusCode, { statusCode, ...kept } as IntegrationResponse] as const];
  });
  return Object.fromEntries(drafts);
}
