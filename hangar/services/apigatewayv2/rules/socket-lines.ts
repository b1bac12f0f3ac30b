// What the execution log of a WebSocket API says of an event, line by line.

import type { SocketEvent } from "../http/socket/session.ts";
import type { Refusal } from "./refusal.ts";

export type EventEnd = { readonly status: number; readonly refusal: Refusal | undefined };

/** Bodies are told with data tracing alone. */
export function eventLines(event: SocketEvent, end: EventEnd, data: boolean): string[] {
  const { requestId, routeKey, integration } = event;
  const lines = [
    `Extended Request Id: ${requestId}`,
    `Starting execution for request: ${requestId}`,
    `WebSocket Request Route: [${routeKey}]`,
    ...beginning(event, data),
  ];
  if (integration !== undefined && data)
    lines.push(`Endpoint request body after transformations: ${shown(integration.sent)}`);
  if (integration !== undefined)
    lines.push(`Received response. Status: ${integration.status}, Integration latency: ${integration.latency} ms`);
  if (integration !== undefined && data)
    lines.push(`Endpoint response body before transformations: ${shown(integration.received)}`);
  if (end.refusal !== undefined) lines.push(failureLine(end.refusal));
  lines.push(...ending(event, end));
  return lines;
}

export function failureLine({ message, facts }: Refusal): string {
  if (facts.type === "BAD_REQUEST_BODY")
    return `Request body does not match model schema for content type application/json: ${facts.reason ?? ""}`;
  return facts.reason === undefined
    ? `Execution failed: ${message}`
    : `Execution failed due to configuration error: ${facts.reason}`;
}

function beginning({ eventType, session, api, body }: SocketEvent, data: boolean): readonly string[] {
  const { id, userAgent, sourceIp } = session.connection;
  if (eventType === "DISCONNECT") return [];
  if (eventType === "CONNECT")
    return [
      `Client [UserAgent: ${userAgent === "" ? "null" : userAgent}, SourceIp: ${sourceIp}] is connecting to WebSocket API [${api.ApiId}].`,
    ];
  const received = `WebSocket API [${api.ApiId}] received message from client [Connection Id: ${id}].`;
  return [data ? `${received} Message: [${body}]` : received];
}

function ending({ eventType, session, api, end, integration }: SocketEvent, { status }: EventEnd): readonly string[] {
  const client = `[Connection Id: ${session.connection.id}]`;
  if (eventType === "CONNECT")
    return status === 200 ? [`Client ${client} connected to API [${api.ApiId}] successfully.`] : [];
  const answered = integration === undefined ? "" : `status code [${integration.status}]`;
  if (eventType === "MESSAGE")
    return answered === ""
      ? []
      : [`Message from client ${client} sent to API [${api.ApiId}] with response ${answered}.`];
  const told = answered === "" ? "" : ` with integration response ${answered}`;
  const reason = `Close reason: [${end?.code ?? ""}: ${end?.reason ?? ""}]`;
  return [`Client ${client} disconnected from API [${api.ApiId}]${told}. ${reason}`];
}

function shown(body: string | Buffer): string {
  return typeof body === "string" ? body : body.toString("utf8");
}
