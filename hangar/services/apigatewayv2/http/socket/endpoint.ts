// HTTP integrations of WebSocket APIs: the message goes to an endpoint of the API's choosing, mapped or as it is.

import { outbound } from "../../../../gateway/outbound.ts";
import { withStageVariables } from "../../rules/invocation.ts";
import { refusals } from "../../rules/refusal.ts";
import type { IntegrationRow } from "../../store.ts";
import type { Outcome } from "./integrate.ts";
import { ran } from "./integration-run.ts";
import { requestMessage, type RequestMessage } from "./request-message.ts";
import type { SocketEvent } from "./session.ts";
import { passedOn, requestBody, responseBody } from "./templates.ts";

export async function endpoint(event: SocketEvent, integration: IntegrationRow): Promise<Outcome> {
  const { context, stage, api } = event;
  const proxy = integration.IntegrationType === "HTTP_PROXY";
  const body = proxy ? passedOn(event, integration) : await requestBody(event, integration);
  const message = requestMessage(event, integration, body);
  const url = urlOf(withStageVariables(integration.IntegrationUri ?? "", stage.StageVariables), message);
  const headers = {
    Host: url.host,
    "Content-Type": "application/json",
    "User-Agent": `AmazonAPIGateway_${api.ApiId}`,
    ...Object.fromEntries(Array.from(message.headers.values(), ({ name, values }) => [name, [...values]])),
  };
  const method = integration.IntegrationMethod ?? "POST";
  const certificate = stage.ClientCertificateId;
  const identity =
    certificate === undefined ? undefined : await context.ports.apiAccount.clientCertificate(certificate);
  const began = context.clock.now();
  const answer = await outbound(context, url, { method, headers, body: message.body, tls: { identity } }).catch(() => {
    throw refusals.unavailable("Network error communicating with endpoint");
  });
  ran(event, { began, status: answer.status, sent: message.body, received: answer.body });
  if (proxy) return { status: answer.status, body: answer.body.toString("utf8") };
  return { status: answer.status, body: await responseBody(event, integration, answer) };
}

function urlOf(uri: string, { path, query }: RequestMessage): URL {
  const filled = uri.replace(/\{([^}]+)\}/g, (_all, name: string) => encodeURIComponent(path.get(name) ?? ""));
  if (!URL.canParse(filled)) throw refusals.failed("Invalid HTTP endpoint specified for URI");
  const url = new URL(filled);
  for (const [name, values] of query) for (const value of values) url.searchParams.append(name, value);
  return url;
}
