// Response headers that API Gateway keeps for itself: an integration's own come back under another name.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html

import type { Invocation } from "./invocation.ts";

const REMAPPED = new Set([
  "authorization",
  "connection",
  "content-length",
  "content-md5",
  "date",
  "expect",
  "host",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "trailer",
  "upgrade",
  "user-agent",
  "www-authenticate",
  "x-amzn-requestid",
]);
const DROPPED = new Set(["transfer-encoding"]);

export function remapped(headers: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  return headers
    .filter(([name]) => !DROPPED.has(name.toLowerCase()))
    .map(([name, value]) => (REMAPPED.has(name.toLowerCase()) ? [`x-amzn-Remapped-${name}`, value] : [name, value]));
}

/** A function's headers, and what API Gateway says beside them. */
export function functionHeaders(
  { traceId, context }: Pick<Invocation, "traceId" | "context">,
  said: readonly (readonly [string, string])[],
): (readonly [string, string])[] {
  const headers = remapped(said);
  const isTyped = headers.some(([name]) => name.toLowerCase() === "content-type");
  const type = isTyped ? [] : [["Content-Type", "application/json"] as const];
  // As Lambda answers: with a parent where the caller named none.
  const trace = traceId.includes("Parent=") ? traceId : `${traceId};Parent=${context.ids.hex(16)};Sampled=0`;
  return [...type, ["X-Amzn-Trace-Id", trace], ...headers];
}
