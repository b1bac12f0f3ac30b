// The Lambda Runtime API and Extensions API over HTTP on loopback: a port for each execution environment.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Answer, ExtensionRequest } from "./extensions.ts";

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
  /** False when the caller wants the response whole. */
  chunk(requestId: string, chunk: Buffer, contentType: string | undefined): boolean;
  respond(
    requestId: string,
    body: Buffer,
    facts: {
      readonly contentType: string | undefined;
      readonly errorType: string | undefined;
      readonly errorBody: string | undefined;
    },
  ): boolean;
  fail(requestId: string | undefined, body: Buffer, errorType: string | undefined): boolean;
  /** A call of an extension: `register`, `event/next`, `init/error`, `exit/error`, `telemetry` or `logs`. */
  extension(call: string, request: ExtensionRequest, answer: Answer): void;
};

const RUNTIME = /^\/2018-06-01\/runtime\/(?:invocation\/(?:(next)|([^/]+)\/(response|error))|(init\/error))$/;
const EXTENSION = /^\/2020-01-01\/extension\/(register|event\/next|init\/error|exit\/error)$/;
const SUBSCRIPTION = /^\/(?:2020-08-15|2021-03-18)\/(logs)$|^\/2022-07-01\/(telemetry)$/;

export class RuntimeApi {
  readonly #server = createServer((request, response) => this.#answer(request, response));
  #side: RuntimeSide | undefined;

  constructor() {
    const server = this.#server;
    server.keepAliveTimeout = 0;
    server.requestTimeout = 0;
    server.on("connection", (socket) => {
      socket.setNoDelay(true);
      socket.unref();
    });
    server.unref();
  }

  /** The port, once it answers. */
  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(0, "127.0.0.1", () => resolve((this.#server.address() as AddressInfo).port));
    });
  }

  serve(side: RuntimeSide): void {
    this.#side = side;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const [url = ""] = (request.url ?? "").split("?");
    const side = this.#side;
    if (side === undefined) return reply(response, 403, { errorType: "Forbidden", errorMessage: "No such runtime." });
    const runtime = RUNTIME.exec(url);
    if (runtime !== null) return answerRuntime(side, runtime, request, response);
    const [, logs, telemetry] = SUBSCRIPTION.exec(url) ?? [];
    const call = EXTENSION.exec(url)?.[1] ?? logs ?? telemetry;
    if (call === undefined) return reply(response, 404, { errorType: "NotFound", errorMessage: "404 page not found" });
    const method = call === "event/next" ? "GET" : call === "telemetry" || call === "logs" ? "PUT" : "POST";
    if (request.method !== method) return reply(response, 405, WRONG_METHOD);
    wholeOf(request, NOBODY, (body) =>
      side.extension(call, { headers: request.headers, body }, ({ status, body: answer, headers }) =>
        reply(response, status, answer, headers),
      ),
    );
  }
}

const WRONG_METHOD = { errorType: "MethodNotAllowed", errorMessage: "Method not allowed." };

function answerRuntime(
  side: RuntimeSide,
  [, next, requestId, what]: RegExpExecArray,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (next !== undefined && request.method === "GET") return side.next((delivery) => send(response, delivery));
  if (request.method !== "POST") return reply(response, 405, WRONG_METHOD);
  const streamed = request.headers["lambda-runtime-function-response-mode"] === "streaming";
  const passOn = (chunk: Buffer): boolean =>
    streamed && requestId !== undefined && side.chunk(requestId, chunk, request.headers["content-type"]);
  wholeOf(request, passOn, (body) => {
    const accepted =
      what === "response" && requestId !== undefined
        ? side.respond(requestId, body, {
            contentType: request.headers["content-type"],
            errorType: request.trailers["lambda-runtime-function-error-type"],
            errorBody: request.trailers["lambda-runtime-function-error-body"],
          })
        : side.fail(requestId, body, headerOf(request, "lambda-runtime-function-error-type"));
    if (accepted) reply(response, 202, { status: "OK" });
    else reply(response, 400, { errorType: "InvalidRequestID", errorMessage: "Invalid request ID" });
  });
}

const NOBODY = (): boolean => false;

/** Of what nobody takes as it comes. */
function wholeOf(request: IncomingMessage, taken: (chunk: Buffer) => boolean, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => {
    if (!taken(chunk)) chunks.push(chunk);
  });
  request.on("end", () => done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function reply(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { ...headers, "Content-Type": "application/json", "Content-Length": text.length });
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
