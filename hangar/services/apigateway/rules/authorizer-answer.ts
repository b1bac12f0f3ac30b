// What a Lambda authorizer answers: a principal, a policy, and values for the integration.

import { parsedJson } from "../../../kernel/parsed-json.ts";

export type AuthorizerAnswer = {
  readonly principalId: string;
  readonly policy: unknown;
  readonly values: Readonly<Record<string, string>>;
  readonly usageIdentifierKey?: string | undefined;
};

/** Undefined for what API Gateway calls a misconfigured authorizer. */
export function authorizerAnswer(payload: string): AuthorizerAnswer | undefined {
  const answer = parsedJson(payload);
  if (!isMap(answer)) return undefined;
  const { principalId, policyDocument, context = {}, usageIdentifierKey } = answer;
  if (typeof principalId !== "string" && typeof principalId !== "number") return undefined;
  if (!isMap(policyDocument) || policyDocument["Statement"] === undefined) return undefined;
  const values = textsOf(context);
  if (values === undefined) return undefined;
  return {
    principalId: String(principalId),
    policy: policyDocument,
    values,
    ...(typeof usageIdentifierKey === "string" ? { usageIdentifierKey } : {}),
  };
}

/** Texts, numbers and booleans only; all become text. */
function textsOf(context: unknown): Record<string, string> | undefined {
  if (context === null) return {};
  if (!isMap(context)) return undefined;
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(context)) {
    if (value === null) continue;
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return undefined;
    texts[name] = String(value);
  }
  return texts;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
