// What an HTTP API answers, and the HTTP response it becomes.

import type { HttpResponse } from "../../../cloud/service.ts";
import type { FunctionResponse } from "../rules/lambda-answer.ts";
import type { Refusal } from "../rules/refusal.ts";

export type Answer = FunctionResponse;

export function refusalAnswer({ status, message, facts }: Refusal): Answer {
  return {
    status,
    headers: [["content-type", "application/json"], ...(facts.headers ?? [])],
    body: JSON.stringify({ message }),
  };
}

/** Values of one name are a list. */
export function responseOf({ status, headers: pairs, body }: Answer, requestId: string): HttpResponse {
  const headers: Record<string, string | string[]> = { "apigw-requestid": requestId };
  for (const [name, value] of pairs) {
    const known = headers[name];
    headers[name] = known === undefined ? value : [known, value].flat();
  }
  return { status, headers, body };
}
