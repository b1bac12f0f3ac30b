// An HTTP request as an API sees it: headers and query taken apart, the body in memory, ids given.

import { keepTraceHeader } from "../../../cloud/trace-header.ts";
import type { HttpRequest } from "../../../cloud/service.ts";
import type { HeaderEntry, Invocation } from "../rules/invocation.ts";
import type { ApiGatewayContext } from "../store.ts";
import type { Address } from "../../../gateway/execute-api.ts";
import type { Target } from "./target.ts";
import { portOf } from "../../../gateway/api-request.ts";

export type Reading = {
  readonly context: ApiGatewayContext;
  readonly request: HttpRequest;
  readonly address: Address;
  readonly target: Target;
};

export function newInvocation({ context, request, address, target }: Reading): Invocation {
  const { account, region, api, stage, compiled, canary, basePath, path } = target;
  const startedAt = context.clock.now();
  const traceId = traceOf(request.headers["x-amzn-trace-id"], context, startedAt);
  keepTraceHeader(context.span, traceId);
  const domainName = address.host ?? nameOf(address.api, region);
  return {
    context,
    account,
    region,
    api,
    stage,
    compiled,
    canary,
    basePath,
    httpMethod: request.method.toUpperCase(),
    path,
    fullPath: address.path.replace(/^\/+/, "/"),
    query: queryOf(request.query),
    headers: headersOf(request, traceId),
    body: Buffer.alloc(0),
    domainName,
    domainPrefix: domainName.split(".")[0] ?? "",
    sourceIp: request.sourceIp,
    sourceVpce: address.endpoint,
    requestId: context.ids.uuid(),
    extendedRequestId: `${context.ids.alphanumeric(15)}=`,
    traceId,
    startedAt,
    requestOverride: new Map(["header", "querystring", "path"].map((place) => [place, new Map()])),
    responseOverride: new Map([["header", new Map()]]),
  };
}

function nameOf(api: string, region: string): string {
  return api.includes(".") ? api : `${api}.execute-api.${region}.amazonaws.com`;
}

function traceOf(sent: string | undefined, { ids }: ApiGatewayContext, now: number): string {
  if (sent !== undefined && /\bRoot=1-[0-9a-f]{8}-[0-9a-f]{24}/.test(sent)) return sent;
  return `Root=1-${Math.floor(now / 1000).toString(16)}-${ids.hex(24)}`;
}

/** A semicolon divides as an ampersand does: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
export function queryOf(query: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  if (query === "") return found;
  for (const [name, value] of new URLSearchParams(query.replaceAll(";", "&"))) {
    const known = found.get(name);
    if (known === undefined) found.set(name, [value]);
    else known.push(value);
  }
  return found;
}

/** About the connection: neither functions nor templates see them. */
const DROPPED = new Set([
  "connection",
  "content-length",
  "content-md5",
  "expect",
  "keep-alive",
  "max-forwards",
  "proxy-authenticate",
  "proxy-connection",
  "server",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "www-authenticate",
]);

function headersOf(request: HttpRequest, traceId: string): ReadonlyMap<string, HeaderEntry> {
  const found = new Map<string, { readonly name: string; readonly values: string[] }>();
  const add = (name: string, value: string): void => {
    const known = found.get(name.toLowerCase());
    if (known === undefined) found.set(name.toLowerCase(), { name, values: [value] });
    else known.values.push(value);
  };
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const name = request.rawHeaders[at] ?? "";
    if (!name.startsWith(":") && !DROPPED.has(name.toLowerCase())) add(name, request.rawHeaders[at + 1] ?? "");
  }
  if (!found.has("host")) add("Host", request.headers["host"] ?? request.host);
  const forwarded = found.get("x-forwarded-for")?.values.join(", ");
  const put = (name: string, value: string): void => void found.set(name.toLowerCase(), { name, values: [value] });
  put("X-Amzn-Trace-Id", traceId);
  put("X-Forwarded-For", forwarded === undefined ? request.sourceIp : `${forwarded}, ${request.sourceIp}`);
  put("X-Forwarded-Port", portOf(request));
  put("X-Forwarded-Proto", request.secure ? "https" : "http");
  return found;
}
