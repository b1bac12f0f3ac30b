// A request as node:http or node:http2 read it.

import type { IncomingMessage } from "node:http";
import type { Http2ServerRequest } from "node:http2";
import type { HangUp } from "../cloud/hang-up.ts";
import type { Incoming } from "./exchange.ts";

export type AnyRequest = IncomingMessage | Http2ServerRequest;

export function incoming(request: AnyRequest, caller: HangUp, body: AsyncIterable<Uint8Array> = request): Incoming {
  const url = request.url ?? "/";
  const mark = url.indexOf("?");
  const authority = String(request.headers[":authority"] ?? request.headers.host ?? "");
  const secure = "encrypted" in request.socket && request.socket.encrypted === true;
  return {
    method: request.method ?? "GET",
    host: hostName(authority),
    path: pathOf(mark < 0 ? url : url.slice(0, mark)),
    query: mark < 0 ? "" : url.slice(mark + 1),
    headers: headersOf(request, authority),
    rawHeaders: request.rawHeaders,
    body,
    sourceIp: plainAddress(request.socket.remoteAddress),
    secure,
    origin: `${secure ? "https" : "http"}://${authority}`,
    caller,
  };
}

/** Proxies may send the absolute form: `GET http://host/path`. */
function pathOf(path: string): string {
  if (path.startsWith("/")) return path;
  const match = /^https?:\/\/[^/]*(\/.*)?$/i.exec(path);
  return match === null ? `/${path}` : (match[1] ?? "/");
}

export function hostName(authority: string): string {
  const lower = authority.toLowerCase();
  if (lower.startsWith("[")) return lower.slice(0, lower.indexOf("]") + 1);
  const colon = lower.lastIndexOf(":");
  return colon < 0 ? lower : lower.slice(0, colon);
}

function headersOf(request: AnyRequest, authority: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || name.startsWith(":")) continue;
    headers[name] = typeof value === "string" ? value : value.join(name === "cookie" ? "; " : ",");
  }
  // Node joins them with a space, which no client signs.
  if ("headersDistinct" in request)
    for (const name in headers)
      if (name.startsWith("x-amz-") && headers[name]?.includes(", ") === true)
        headers[name] = request.headersDistinct[name]?.join(",") ?? "";
  headers["host"] ??= authority;
  // The SDK's HTTP/2 clients sign the authority under the name HTTP/2 gives it.
  if (headers["authorization"]?.includes("=:authority;") === true) headers[":authority"] = authority;
  return headers;
}

export function plainAddress(address: string | undefined): string {
  return address === undefined ? "127.0.0.1" : address.replace(/^::ffff:/, "");
}
