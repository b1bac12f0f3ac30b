// HTTP proxy integrations: the request goes on to an endpoint of the API's choosing, its answer comes back.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html

import { outbound, type OutboundAnswer } from "../../../gateway/outbound.ts";
import { withStageVariables, type Invocation } from "../rules/invocation.ts";
import { mapRequest } from "../rules/parameters.ts";
import { refusals } from "../rules/refusal.ts";
import type { IntegrationRow } from "../store.ts";
import type { Answer } from "./answer.ts";

/** Of this hop alone. */
const NOT_PASSED = new Set(["host", "content-length", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"]);
const NOT_ANSWERED = new Set(["connection", "content-length", "keep-alive", "transfer-encoding", "apigw-requestid"]);

export async function httpProxy(invocation: Invocation, integration: IntegrationRow): Promise<Answer> {
  const headers = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(invocation.headers)) if (!NOT_PASSED.has(name)) headers.set(name, [value]);
  const { headers: sent, sourceIp } = invocation;
  headers.set("forwarded", [
    `by=127.0.0.1;for=${sourceIp};host=${sent["host"] ?? ""};proto=${sent["x-forwarded-proto"] ?? "http"}`,
  ]);
  headers.set("via", ["HTTP/1.1 AmazonAPIGateway"]);
  const parts = { headers, query: new Map(invocation.query), path: undefined as string | undefined };
  mapRequest(invocation, integration.RequestParameters ?? {}, parts);
  const url = urlOf(invocation, integration, parts);
  const { status, headers: answered, body } = await send(invocation, integration, url, headers);
  return {
    status,
    headers: answered
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => !NOT_ANSWERED.has(name)),
    body,
  };
}

type Parts = { readonly query: ReadonlyMap<string, readonly string[]>; readonly path: string | undefined };

function urlOf(invocation: Invocation, { IntegrationUri }: IntegrationRow, { query, path }: Parts): URL {
  const parameters = invocation.route?.pathParameters ?? {};
  const filled = withStageVariables(IntegrationUri ?? "", invocation.stage.StageVariables).replace(
    /\{([^}]+)\}/g,
    (_all, name: string) => encodedPath(parameters[name.replace(/\+$/, "")] ?? ""),
  );
  if (!URL.canParse(filled)) throw refusals.failed("Invalid HTTP endpoint specified for URI");
  const url = new URL(filled);
  if (path !== undefined) url.pathname = encodedPath(path.startsWith("/") ? path : `/${path}`);
  for (const [name, values] of query) for (const value of values) url.searchParams.append(name, value);
  return url;
}

/** Slashes stay. */
function encodedPath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

async function send(
  invocation: Invocation,
  { IntegrationMethod = "ANY" }: IntegrationRow,
  url: URL,
  sent: ReadonlyMap<string, readonly string[]>,
): Promise<OutboundAnswer> {
  const { context, httpMethod, body } = invocation;
  const method = IntegrationMethod === "ANY" ? httpMethod : IntegrationMethod;
  const began = context.clock.now();
  try {
    const headers = { Host: url.host, ...Object.fromEntries(sent) };
    const answer = await outbound(context, url, { method, headers, body });
    invocation.integration = { status: answer.status, latency: context.clock.now() - began };
    return answer;
  } catch (error) {
    throw refusals.unavailable(error instanceof Error ? error.message : "Network error communicating with endpoint");
  }
}
