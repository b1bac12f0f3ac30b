// What an authorizer must have, by its type.

import { badRequest } from "../errors.ts";
import { number, optionalText, text, type PatchRules } from "./patch.ts";
import type { AuthorizerRow } from "../store.ts";

const SOURCE =
  /^(?:method\.request\.(?:header|querystring|multivalueheader|multivaluequerystring)\.[^\s,]+|stageVariables\.\S+|context\.\S+)$/;
const LONGEST = 3600;

export function checkAuthorizer(row: AuthorizerRow): void {
  const { type, identitySource = "", authorizerUri = "", authorizerResultTtlInSeconds: ttl = 300 } = row;
  if (ttl < 0 || ttl > LONGEST) throw badRequest("Authorizer result ttl value should be between 0 and 3600 seconds");
  if (type === "COGNITO_USER_POOLS") {
    if ((row.providerARNs ?? []).length === 0)
      throw badRequest("Provider ARNs must be provided for Cognito authorizers");
    return;
  }
  if (!/:lambda:path\/2015-03-31\/functions\/.+\/invocations$/.test(authorizerUri))
    throw badRequest(
      "Invalid Authorizer URI: Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.",
    );
  if (type === "TOKEN" && !/^method\.request\.header\.\S+$/.test(identitySource))
    throw badRequest("Invalid identity source: token authorizers need a header (method.request.header.name)");
  if (type !== "REQUEST") return;
  const sources = sourcesOf(identitySource);
  if (sources.length === 0 && ttl > 0)
    throw badRequest("Identity source is required for REQUEST authorizers with caching enabled");
  for (const source of sources) if (!SOURCE.test(source)) throw badRequest(`Invalid identity source: ${source}`);
}

export function sourcesOf(identitySource: string): readonly string[] {
  return identitySource
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

export const authorizerPatches: PatchRules<AuthorizerRow> = {
  "/name": text("name"),
  "/type": text("type"),
  "/authType": text("authType"),
  "/authorizerUri": text("authorizerUri"),
  "/authorizerCredentials": optionalText("authorizerCredentials"),
  "/authorizerResultTtlInSeconds": number("authorizerResultTtlInSeconds"),
  "/identitySource": optionalText("identitySource"),
  "/identityValidationExpression": optionalText("identityValidationExpression"),
  "/providerARNs": {
    ops: ["add", "remove"],
    apply(row, { op, value }) {
      const kept = (row.providerARNs ?? []).filter((each) => each !== value);
      return { ...row, providerARNs: op === "add" ? [...kept, value] : kept };
    },
  },
};
