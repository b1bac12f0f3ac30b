// What a Lambda authorizer answers: yes or no, or a principal and a policy; and values for the integration.

import { parsedJson } from "../../../kernel/parsed-json.ts";

export type AuthorizerAnswer = {
  /** Undefined where the policy decides. */
  readonly allowed?: boolean | undefined;
  readonly policy?: unknown;
  readonly principalId?: string | undefined;
  /** The API key of the caller, for WebSocket APIs that take keys from authorizers. */
  readonly usageIdentifierKey?: string | undefined;
  readonly values: Readonly<Record<string, unknown>> | null;
};

/** Undefined for what the gateway cannot use. */
export function authorizerAnswer(payload: string, simple: boolean): AuthorizerAnswer | undefined {
  const answer = parsedJson(payload);
  if (!isMap(answer)) return undefined;
  const { context = null } = answer;
  if (context !== null && !isMap(context)) return undefined;
  if (simple) {
    const { isAuthorized } = answer;
    return typeof isAuthorized === "boolean" ? { allowed: isAuthorized, values: context } : undefined;
  }
  const { principalId, policyDocument, usageIdentifierKey } = answer;
  if (!isMap(policyDocument) || policyDocument["Statement"] === undefined) return undefined;
  if (typeof principalId !== "string" && typeof principalId !== "number") return undefined;
  return {
    policy: policyDocument,
    principalId: String(principalId),
    usageIdentifierKey: typeof usageIdentifierKey === "string" ? usageIdentifierKey : undefined,
    values: context,
  };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
