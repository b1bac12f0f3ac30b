// SDK clients without sockets: a requestHandler that hands their requests straight to the gateway.

import { Readable } from "node:stream";
import { HangUp } from "../cloud/hang-up.ts";
import { WholeBody } from "../kernel/whole-body.ts";
import type { Incoming, Outgoing } from "./exchange.ts";

/** The part of the SDK's HttpRequest that is read. */
export type SdkRequest = {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

export type SdkResponse = { readonly response: { statusCode: number; headers: Record<string, string>; body: unknown } };

export type SdkRequestHandler = {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: SdkRequest, options?: { readonly abortSignal?: AbortSignal }): Promise<SdkResponse>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
  destroy(): void;
};

export function inProcessHandler(handle: (request: Incoming) => Promise<Outgoing>): SdkRequestHandler {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
    async handle(request, options) {
      const answer = await handle(incoming(request, options?.abortSignal));
      const headers: Record<string, string> = {};
      for (const name in answer.headers) {
        const value = answer.headers[name];
        headers[name] = typeof value === "string" ? value : (value ?? []).join(",");
      }
      return { response: { statusCode: answer.status, headers, body: bodyOf(answer, headers) } };
    },
  };
}

function bodyOf(answer: Outgoing, headers: Record<string, string>): unknown {
  const { body } = answer;
  if (typeof body === "object" && Symbol.asyncIterator in body) return Readable.from(body, { objectMode: false });
  const bytes = typeof body === "string" ? Buffer.from(body) : (body ?? new Uint8Array(0));
  headers["content-length"] ??= String(bytes.byteLength);
  return answer.streams === true ? Readable.from([bytes], { objectMode: false }) : bytes;
}

function incoming(request: SdkRequest, signal: AbortSignal | undefined): Incoming {
  const authority = request.port === undefined ? request.hostname : `${request.hostname}:${request.port}`;
  const headers: Record<string, string> = {};
  const rawHeaders: string[] = [];
  for (const name in request.headers) {
    const value = String(request.headers[name]);
    headers[name.toLowerCase()] = value;
    rawHeaders.push(name, value);
  }
  headers["host"] ??= authority;
  const bytes = bytesOf(request.body);
  // As node:http sends them.
  if (bytes === undefined) {
    if (headers["content-length"] === undefined) headers["transfer-encoding"] ??= "chunked";
  } else if (request.method === "PUT") headers["content-length"] ??= String(bytes.byteLength);
  return {
    method: request.method,
    host: request.hostname.toLowerCase(),
    path: request.path,
    query: queryText(request.query),
    headers,
    rawHeaders,
    body: bytes === undefined ? (request.body as AsyncIterable<Uint8Array>) : new WholeBody(bytes),
    bytes,
    sourceIp: "127.0.0.1",
    secure: request.protocol === "https:",
    origin: `${request.protocol}//${authority}`,
    caller: callerOf(signal),
  };
}

const NEVER = new HangUp();

function callerOf(signal: AbortSignal | undefined): HangUp {
  if (signal === undefined) return NEVER;
  const caller = new HangUp();
  if (signal.aborted) caller.hangUp();
  else signal.addEventListener("abort", () => caller.hangUp(), { once: true });
  return caller;
}

function bytesOf(body: unknown): Uint8Array | undefined {
  if (body === undefined || body === null) return new Uint8Array(0);
  if (typeof body === "string") return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  return undefined;
}

function queryText(query: SdkRequest["query"]): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query ?? {})) {
    const key = escape(name);
    if (value === null) pairs.push(key);
    else if (typeof value === "string") pairs.push(`${key}=${escape(value)}`);
    else for (const each of value) pairs.push(`${key}=${escape(each)}`);
  }
  return pairs.join("&");
}

function escape(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
