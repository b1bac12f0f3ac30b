// HTTP integrations: the request goes to an endpoint of the API's choosing, mapped or as it is.

import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Integration } from "../../../models/apigateway.d.ts";
import { senderHeaders } from "../../../cloud/sender.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { isOurHost } from "../../../gateway/hosts.ts";
import { failures } from "../rules/failure.ts";
import { withStageVariables, type IntegrationAnswer, type IntegrationRequest } from "../rules/integration-message.ts";
import type { HeaderEntry, Invocation } from "../rules/invocation.ts";
import { mapParameters, mappedBody } from "../rules/request-mapping.ts";
import type { Parse } from "../rules/template/template-tree.ts";

/** Not the endpoint's business. */
const NOT_PASSED = new Set([
  "content-encoding",
  "host",
  "via",
  "x-forwarded-for",
  "x-forwarded-port",
  "x-forwarded-proto",
]);
const NOT_SENT = new Set([
  "connection",
  "content-length",
  "expect",
  "proxy-authenticate",
  "te",
  "transfer-encoding",
  "via",
]);

/** The request as it came, with what the integration adds. */
export async function httpProxy(invocation: Invocation, integration: Integration): Promise<IntegrationAnswer> {
  const message: IntegrationRequest = {
    headers: new Map([...invocation.headers].filter(([name]) => !NOT_PASSED.has(name))),
    query: new Map(invocation.query),
    path: new Map(Object.entries(invocation.route?.pathParameters ?? {})),
    body: invocation.body,
  };
  mapParameters(invocation, integration, message);
  return send(invocation, integration, message);
}

/** A request of API Gateway's own. */
export async function httpCustom(
  invocation: Invocation,
  integration: Integration,
  parse: Parse,
): Promise<IntegrationAnswer> {
  const entry = (name: string, value: string): readonly [string, HeaderEntry] => [
    name.toLowerCase(),
    { name, values: [value] },
  ];
  const message: IntegrationRequest = {
    headers: new Map([
      entry("Accept", "application/json"),
      entry("User-Agent", `AmazonAPIGateway_${invocation.api.id}`),
      entry("X-Amzn-Trace-Id", invocation.traceId),
      ...(invocation.body.length === 0 ? [] : [entry("Content-Type", "application/json")]),
    ]),
    query: new Map(),
    path: new Map(),
    body: mappedBody(invocation, integration, parse),
  };
  mapParameters(invocation, integration, message);
  return send(invocation, integration, message);
}

function urlOf(invocation: Invocation, { uri = "" }: Integration, { path, query }: IntegrationRequest): URL {
  const filled = withStageVariables(uri, invocation.stage.variables).replace(
    /\{([^}]+)\}/g,
    (_all, name: string) => path.get(name) ?? "",
  );
  if (!URL.canParse(filled)) throw failures.misconfigured();
  const url = new URL(filled);
  for (const [name, values] of query) for (const value of values) url.searchParams.append(name, value);
  return url;
}

async function send(
  invocation: Invocation,
  integration: Integration,
  message: IntegrationRequest,
): Promise<IntegrationAnswer> {
  if (integration.connectionType === "VPC_LINK") throw notEmulated("integrations through a VPC link");
  const url = urlOf(invocation, integration, message);
  const method = integration.httpMethod === "ANY" ? invocation.httpMethod : (integration.httpMethod ?? "GET");
  const headers: Record<string, string | string[]> = { Host: url.host };
  for (const [name, entry] of message.headers)
    if (!NOT_SENT.has(name)) headers[name === "host" ? "Host" : entry.name] = [...entry.values];
  headers["X-Amzn-Apigateway-Api-Id"] = invocation.api.id;
  const reachedAt = reachable(invocation, url);
  Object.assign(headers, senderHeaders(invocation.context, reachedAt.href));
  try {
    const response = await exchange(reachedAt, { method, headers, body: message.body });
    return await answered(response);
  } catch {
    throw failures.unreachable();
  }
}

/** Names that are AWS's or ours lead to this cloud, never out of it. */
function reachable({ context }: Invocation, url: URL): URL {
  if (!url.hostname.includes(".") || /^[\d.]+$/.test(url.hostname) || !isOurHost(url.hostname)) return url;
  const here = new URL(context.endpoint);
  here.pathname = url.pathname;
  here.search = url.search;
  return here;
}

type Exchange = {
  readonly method: string;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
};

function exchange(url: URL, { method, headers, body }: Exchange): Promise<IncomingMessage> {
  const length = body.length === 0 && (method === "GET" || method === "HEAD") ? {} : { "Content-Length": body.length };
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, { method, headers: { ...headers, ...length }, agent: false }, resolve);
    request.on("error", reject);
    request.end(body);
  });
}

async function answered(response: IncomingMessage): Promise<IntegrationAnswer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response) chunks.push(chunk as Uint8Array);
  const headers: (readonly [string, string])[] = [];
  for (let at = 0; at + 1 < response.rawHeaders.length; at += 2)
    headers.push([response.rawHeaders[at] ?? "", response.rawHeaders[at + 1] ?? ""]);
  const status = response.statusCode ?? 502;
  return { status, headers, body: Buffer.concat(chunks), selector: String(status) };
}
