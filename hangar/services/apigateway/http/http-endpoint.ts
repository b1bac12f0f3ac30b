// HTTP integrations: the request goes to an endpoint of the API's choosing, mapped or as it is.

import type { Integration } from "../../../models/apigateway.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { outbound, streamedOutbound, type OutboundRequest, type OutboundTls } from "../../../gateway/outbound.ts";
import { failures } from "../rules/failure.ts";
import { withStageVariables, type IntegrationAnswer, type IntegrationRequest } from "../rules/integration-message.ts";
import type { HeaderEntry, Invocation } from "../rules/invocation.ts";
import { pairsOf } from "../rules/execution-lines.ts";
import { mapParameters, mappedBody } from "../rules/request-mapping.ts";
import type { Parse } from "../../../kernel/velocity/template-tree.ts";

/** Bytes of an answer that is taken whole. */
const LARGEST = 10 * 1024 * 1024;

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
  // Node's client sends it with chunks alone.
  "trailer",
  "transfer-encoding",
  "via",
]);

export async function httpProxy(invocation: Invocation, integration: Integration): Promise<IntegrationAnswer> {
  return send(invocation, integration, proxied(invocation, integration));
}

/** The endpoint's body as it comes. */
export function streamedHttpProxy(
  invocation: Invocation,
  integration: Integration,
): ReturnType<typeof streamedOutbound> {
  const { url, request } = requestOf(invocation, integration, proxied(invocation, integration));
  return reached(streamedOutbound(invocation.context, url, request));
}

/** The request as it came, with what the integration adds. */
function proxied(invocation: Invocation, integration: Integration): IntegrationRequest {
  const message: IntegrationRequest = {
    headers: new Map([...invocation.headers].filter(([name]) => !NOT_PASSED.has(name))),
    query: new Map(invocation.query),
    path: new Map(Object.entries(invocation.route?.pathParameters ?? {})),
    body: invocation.body,
  };
  mapParameters(invocation, integration, message);
  return message;
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
  const { url, request } = requestOf(invocation, integration, message);
  const { exchange } = invocation;
  if (exchange !== undefined) exchange.sent = { uri: url.href, headers: pairsOf(message.headers), body: message.body };
  const answer = await reached(outbound(invocation.context, url, request));
  if (exchange !== undefined) exchange.received = answer;
  if (answer.body.length > LARGEST)
    throw failures.misconfigured(
      `Integration response of reported length ${answer.body.length} is larger than allowed maximum of ${LARGEST} bytes.`,
    );
  return { ...answer, selector: String(answer.status) };
}

function requestOf(
  invocation: Invocation,
  integration: Integration,
  message: IntegrationRequest,
): { readonly url: URL; readonly request: OutboundRequest } {
  if (integration.connectionType === "VPC_LINK") throw notEmulated("integrations through a VPC link");
  const url = urlOf(invocation, integration, message);
  const method = integration.httpMethod === "ANY" ? invocation.httpMethod : (integration.httpMethod ?? "GET");
  const headers: Record<string, string | string[]> = { Host: url.host };
  for (const [name, entry] of message.headers)
    if (!NOT_SENT.has(name))
      headers[name === "host" ? "Host" : entry.name] =
        name === "host" ? (entry.values.at(-1) ?? "") : [...entry.values];
  headers["X-Amzn-Apigateway-Api-Id"] = invocation.api.id;
  return { url, request: { method, headers, body: message.body, tls: tlsOf(invocation, integration) } };
}

async function reached<Reply>(answer: Promise<Reply>): Promise<Reply> {
  try {
    return await answer;
  } catch {
    throw failures.unreachable();
  }
}

/** The stage's client certificate tells the endpoint who asks. */
function tlsOf({ context, stage }: Invocation, { tlsConfig }: Integration): OutboundTls {
  const shown = context.store.clientCertificates.get(stage.clientCertificateId ?? "");
  return {
    identity: shown === undefined ? undefined : { cert: shown.pemEncodedCertificate, key: shown.privateKey },
    anyServer: tlsConfig?.insecureSkipVerification,
  };
}
