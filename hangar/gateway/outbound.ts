// Requests that an API makes to an endpoint of its choosing: names that are AWS's or ours lead to this cloud, never out of it.

import { request as httpRequest, type ClientRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Context } from "../cloud/operation.ts";
import { senderHeaders } from "../cloud/sender.ts";
import { isOurHost } from "./hosts.ts";

/** Who asks. */
type Asking = Pick<Context<never>, "endpoint" | "request" | "span" | "world" | "clock" | "ids">;

export type OutboundRequest = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
  readonly tls?: OutboundTls | undefined;
};

/** For addresses with TLS. */
export type OutboundTls = {
  /** Who asks, as PEM: shown where the endpoint wants to know. */
  readonly identity?: { readonly cert: string; readonly key: string } | undefined;
  /** Whether it may be anybody who answers. */
  readonly anyServer?: boolean | undefined;
};

type OutboundHead = {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
};

export type OutboundAnswer = OutboundHead & { readonly body: Buffer };

/** Rejects when nobody answers there. */
export async function outbound(context: Asking, url: URL, request: OutboundRequest): Promise<OutboundAnswer> {
  const { stream, ...head } = await streamedOutbound(context, url, request);
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return { ...head, body: Buffer.concat(chunks) };
}

/** The body as it comes. */
export async function streamedOutbound(
  context: Asking,
  url: URL,
  { method, headers, body, tls }: OutboundRequest,
): Promise<OutboundHead & { readonly stream: AsyncIterable<Uint8Array> }> {
  const at = reachable(context, url);
  const length = body.length === 0 && (method === "GET" || method === "HEAD") ? {} : { "Content-Length": body.length };
  const sent = { ...headers, ...length, ...senderHeaders(context, at.href) };
  const request = at.protocol === "https:" ? httpsRequest : httpRequest;
  const options = { method, headers: sent as Record<string, string | string[]>, agent: false as const };
  const secured = { ...options, ...tls?.identity, rejectUnauthorized: tls?.anyServer !== true };
  return answered(await exchange((resolve) => request(at, secured, resolve), body));
}

function reachable({ endpoint }: Asking, url: URL): URL {
  if (!url.hostname.includes(".") || /^[\d.]+$/.test(url.hostname) || !isOurHost(url.hostname)) return url;
  const here = new URL(endpoint);
  here.pathname = url.pathname;
  here.search = url.search;
  return here;
}

function exchange(
  send: (answered: (response: IncomingMessage) => void) => ClientRequest,
  body: Buffer,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = send(resolve);
    request.on("error", reject);
    request.end(body);
  });
}

function answered(response: IncomingMessage): OutboundHead & { readonly stream: AsyncIterable<Uint8Array> } {
  const headers: (readonly [string, string])[] = [];
  for (let at = 0; at + 1 < response.rawHeaders.length; at += 2)
    headers.push([response.rawHeaders[at] ?? "", response.rawHeaders[at + 1] ?? ""]);
  return { status: response.statusCode ?? 502, headers, stream: response as AsyncIterable<Uint8Array> };
}
