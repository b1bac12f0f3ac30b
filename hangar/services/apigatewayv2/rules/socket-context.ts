// The requestContext of WebSocket events, which is $context as well.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html

import { requestTime } from "../../../kernel/references.ts";
import type { SocketEvent } from "../http/socket/session.ts";

export function socketContext(event: SocketEvent): Record<string, unknown> {
  const { session, api, stage, end, caller } = event;
  const { connection, domainName, authorizer } = session;
  return {
    routeKey: event.routeKey,
    ...(authorizer === undefined ? {} : { authorizer }),
    ...(end === undefined ? {} : { disconnectStatusCode: end.code }),
    ...(event.messageId === undefined ? {} : { messageId: event.messageId }),
    eventType: event.eventType,
    extendedRequestId: event.requestId,
    requestTime: requestTime(event.startedAt),
    messageDirection: "IN",
    ...(end === undefined ? {} : { disconnectReason: end.reason }),
    stage: stage.StageName,
    connectedAt: connection.connectedAt,
    requestTimeEpoch: event.startedAt,
    identity: {
      ...(connection.userAgent === "" ? {} : { userAgent: connection.userAgent }),
      sourceIp: connection.sourceIp,
      ...(event.apiKey === undefined ? {} : { apiKey: event.apiKey.value, apiKeyId: event.apiKey.id }),
      ...(caller === undefined ? {} : identityOf(caller)),
    },
    requestId: event.requestId,
    domainName,
    connectionId: connection.id,
    apiId: api.ApiId,
  };
}

function identityOf(caller: NonNullable<SocketEvent["caller"]>): Record<string, unknown> {
  return {
    accessKey: caller.accessKeyId,
    accountId: caller.account,
    caller: caller.userId,
    user: caller.userId,
    userArn: caller.arn,
  };
}

/** What a function gets behind a proxy integration. */
export function socketEvent(event: SocketEvent): Record<string, unknown> {
  const { stage, eventType, body } = event;
  const variables = stage.StageVariables ?? {};
  const requestContext = socketContext(event);
  const more = Object.keys(variables).length === 0 ? {} : { stageVariables: variables };
  if (eventType === "MESSAGE") return { requestContext, ...more, body, isBase64Encoded: false };
  return { ...requestPart(event), ...more, requestContext, isBase64Encoded: false };
}

/** What the client sent to connect; of an end little is left. */
export function requestPart({ session, eventType, headers }: SocketEvent): Record<string, unknown> {
  if (eventType === "DISCONNECT") {
    const left = { Host: headers["host"] ?? "", "x-api-key": "", "X-Forwarded-For": "", "x-restapi": "" };
    return { headers: left, multiValueHeaders: listed(left) };
  }
  const { query } = session;
  const named = connectHeaders(session.rawHeaders);
  const single = Object.fromEntries(Object.entries(named).map(([name, values]) => [name, values.at(-1) ?? ""]));
  if (query.size === 0) return { headers: single, multiValueHeaders: named };
  return {
    headers: single,
    multiValueHeaders: named,
    queryStringParameters: Object.fromEntries([...query].map(([name, values]) => [name, values.at(-1) ?? ""])),
    multiValueQueryStringParameters: Object.fromEntries(query),
  };
}

function listed(headers: Readonly<Record<string, string>>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
}

/** About the connection, not the client. */
const DROPPED = new Set(["connection", "upgrade"]);

/** Names as they were sent. */
function connectHeaders(raw: readonly string[]): Record<string, readonly string[]> {
  const found: Record<string, string[]> = {};
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? "";
    if (!DROPPED.has(name.toLowerCase())) (found[name] ??= []).push(raw[at + 1] ?? "");
  }
  return found;
}
