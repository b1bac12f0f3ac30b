// An HTTP request as an HTTP API sees it: path and query decoded, headers as functions get them, ids given.

import { keepTraceHeader } from "../../../cloud/trace-header.ts";
import type { HttpRequest } from "../../../cloud/service.ts";
import type { Invocation } from "../rules/invocation.ts";
import type { ApiGatewayV2Context } from "../store.ts";
import type { Target } from "./target.ts";
import { portOf } from "../../../gateway/api-request.ts";

export type Reading = {
  readonly context: ApiGatewayV2Context;
  readonly request: HttpRequest;
  readonly target: Target;
};

export function newInvocation({ context, request, target }: Reading): Invocation {
  const { api, stage, compiled } = target;
  const startedAt = context.clock.now();
  const traceId = traceOf(request.headers["x-amzn-trace-id"], context, startedAt);
  keepTraceHeader(context.span, traceId);
  return {
    context,
    account: context.account,
    region: context.region,
    api,
    stage,
    compiled,
    httpMethod: request.method.toUpperCase(),
    fullPath: decoded(target.fullPath),
    path: decoded(target.path),
    rawQuery: request.query,
    query: queryOf(request.query),
    headers: headersOf(request, traceId),
    rawHeaders: request.rawHeaders,
    body: NOTHING,
    domainName: target.domainName,
    sourceIp: request.sourceIp,
    requestId: `${context.ids.alphanumeric(15)}=`,
    traceId,
    startedAt,
    basePath: target.basePath,
    route: undefined,
    caller: undefined,
    authorizer: undefined,
    integration: undefined,
    refusal: undefined,
  };
}

const NOTHING = Buffer.alloc(0);

/** The gateway decodes paths before anything looks at them, and takes a question mark that comes of it for a query's. */
function decoded(path: string): string {
  const single = path.startsWith("//") ? path.replace(/^\/+/, "/") : path;
  if (!single.includes("%")) return single;
  try {
    return decodeURIComponent(single).split("?")[0] ?? "/";
  } catch {
    return single;
  }
}

function traceOf(sent: string | undefined, { ids }: ApiGatewayV2Context, now: number): string {
  if (sent !== undefined && /\bRoot=1-[0-9a-f]{8}-[0-9a-f]{24}/.test(sent)) return sent;
  return `Root=1-${Math.floor(now / 1000).toString(16)}-${ids.hex(24)}`;
}

export function queryOf(query: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  if (query === "") return found;
  for (const [name, value] of new URLSearchParams(query)) {
    const known = found.get(name);
    if (known === undefined) found.set(name, [value]);
    else known.push(value);
  }
  return found;
}

/** About the connection: nobody behind the gateway sees them. */
const DROPPED = new Set(["connection", "expect", "keep-alive", "te", "transfer-encoding", "upgrade"]);

function headersOf(request: HttpRequest, traceId: string): Readonly<Record<string, string>> {
  const headers = sortedHeaders(request.rawHeaders);
  headers["content-length"] ??= "0";
  headers["host"] ??= request.headers["host"] ?? request.host;
  const forwarded = headers["x-forwarded-for"];
  headers["x-amzn-trace-id"] = traceId;
  headers["x-forwarded-for"] = forwarded === undefined ? request.sourceIp : `${forwarded}, ${request.sourceIp}`;
  headers["x-forwarded-port"] = portOf(request);
  headers["x-forwarded-proto"] = request.secure ? "https" : "http";
  return headers;
}

/** Repeated ones are joined by a comma, without the blank that HTTP puts there. */
function sortedHeaders(raw: readonly string[]): Record<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? "").toLowerCase();
    if (name.startsWith(":") || DROPPED.has(name)) continue;
    const value = raw[at + 1] ?? "";
    const known = found.get(name);
    found.set(name, known === undefined ? value : `${known}${name === "cookie" ? "; " : ","}${value}`);
  }
  const headers: Record<string, string> = {};
  for (const name of [...found.keys()].toSorted()) headers[name] = found.get(name) ?? "";
  return headers;
}
