// The Lambda Runtime API over HTTP on loopback: one path prefix for each execution environment.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An invocation on its way to a runtime. */
export type Delivery = {
  readonly requestId: string;
  /** Milliseconds of the host's clock. */
  readonly deadline: number;
  readonly invokedArn: string;
  readonly traceId: string;
  readonly clientContext: string | undefined;
  /** How far the world's time is ahead of the host's, in milliseconds, for handlers that go by it. */
  readonly clockOffset: number | undefined;
  readonly payload: Uint8Array;
};

/** An environment's side of the conversation. */
export type RuntimeSide = {
  /** The runtime asks for work: it is sent when there is some. */
  next(send: (delivery: Delivery) => void): void;
  chunk(requestId: string, chunk: Buffer, contentType: string | undefined): void;
  respond(
    requestId: string,
    body: Buffer,
    facts: {
      readonly contentType: string | undefined;
      readonly streamed: boolean;
      readonly errorType: string | undefined;
      readonly errorBody: string | undefined;
    },
  ): boolean;
  fail(requestId: string | undefined, body: Buffer, errorType: string | undefined): boolean;
};

const PATH = /^\/([^/]+)\/2018-06-01\/runtime\/(?:invocation\/(?:(next)|([^/]+)\/(response|error))|(init\/error))$/;

export class RuntimeApi {
  readonly #sides = new Map<string, RuntimeSide>();
  #server: Server | undefined;
  #listening: Promise<number> | undefined;

  /** The port, once it answers. */
  listen(): Promise<number> {
    this.#listening ??= new Promise((resolve, reject) => {
      const server = createServer((request, response) => this.#answer(request, response));
      server.keepAliveTimeout = 0;
      server.requestTimeout = 0;
      server.on("connection", (socket) => {
        socket.setNoDelay(true);
        socket.unref();
      });
      server.once("error", reject);
      server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
      server.unref();
      this.#server = server;
    });
    return this.#listening;
  }

  serve(token: string, side: RuntimeSide): void {
    this.#sides.set(token, side);
  }

  forget(token: string): void {
    this.#sides.delete(token);
  }

  close(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
    this.#server = undefined;
    this.#listening = undefined;
    this.#sides.clear();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const match = PATH.exec(request.url ?? "");
    const side = this.#sides.get(match?.[1] ?? "");
    if (match === null || side === undefined)
      return reply(response, 403, { errorType: "Forbidden", errorMessage: "No such runtime." });
    const [, , next, requestId, what] = match;
    if (next !== undefined && request.method === "GET") return side.next((delivery) => send(response, delivery));
    if (request.method !== "POST")
      return reply(response, 405, { errorType: "MethodNotAllowed", errorMessage: "Method not allowed." });
    const streamed = request.headers["lambda-runtime-function-response-mode"] === "streaming";
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      if (streamed && requestId !== undefined) side.chunk(requestId, chunk, request.headers["content-type"]);
    });
    request.on("end", () => {
      const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
      const errorType = headerOf(request, "lambda-runtime-function-error-type");
      const accepted =
        what === "response" && requestId !== undefined
          ? side.respond(requestId, body, {
              contentType: request.headers["content-type"],
              streamed,
              errorType: request.trailers["lambda-runtime-function-error-type"],
              errorBody: request.trailers["lambda-runtime-function-error-body"],
            })
          : side.fail(requestId, body, errorType);
      if (accepted) reply(response, 202, { status: "OK" });
      else reply(response, 400, { errorType: "InvalidRequestID", errorMessage: "Invalid request ID" });
    });
  }
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function reply(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { "Content-Type": "application/json", "Content-Length": text.length });
  response.end(text);
}

function send(response: ServerResponse, delivery: Delivery): void {
  const headers: Record<string, string> = {
    "Content-Type": "application/json",
    "Content-Length": String(delivery.payload.length),
    "Lambda-Runtime-Aws-Request-Id": delivery.requestId,
    "Lambda-Runtime-Deadline-Ms": String(delivery.deadline),
    "Lambda-Runtime-Invoked-Function-Arn": delivery.invokedArn,
    "Lambda-Runtime-Trace-Id": delivery.traceId,
  };
  if (delivery.clientContext !== undefined) headers["Lambda-Runtime-Client-Context"] = delivery.clientContext;
  if (delivery.clockOffset !== undefined) headers["Hangar-Clock-Offset-Ms"] = String(delivery.clockOffset);
  response.writeHead(200, headers);
  response.end(delivery.payload);
}
