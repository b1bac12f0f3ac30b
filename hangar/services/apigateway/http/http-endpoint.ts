// HTTP integrations: the request goes to an endpoint of the API's choosing, mapped or as it is.

import type { Integration } from "../../../models/apigateway.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { outbound, type OutboundTls } from "../../../gateway/outbound.ts";
import { failures } from "../rules/failure.ts";
import { withStageVariables, type IntegrationAnswer, type IntegrationRequest } from "../rules/integration-message.ts";
import type { HeaderEntry, Invocation } from "../rules/invocation.ts";
import { mapParameters, mappedBody } from "../rules/request-mapping.ts";
import type { Parse } from "../../../kernel/velocity/template-tree.ts";

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
  try {
    const answer = await outbound(invocation.context, url, {
      method,
      headers,
      body: message.body,
      tls: tlsOf(invocation, integration),
    });
    return { ...answer, selector: String(answer.status) };
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
