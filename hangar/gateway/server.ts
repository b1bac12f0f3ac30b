// One port for HTTP/1.1, HTTP/2 with prior knowledge and TLS: the first bytes of a connection decide.

import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Http2Server, Http2ServerResponse } from "node:http2";
import { createServer as createNetServer, type AddressInfo, type Socket } from "node:net";
import type { Server as TlsServer } from "node:tls";
import { Readable } from "node:stream";
import { callbackify } from "node:util";
import { HangUp } from "../cloud/hang-up.ts";
import { keepFreedMemory } from "../kernel/free-memory.ts";
import type { Outgoing } from "./exchange.ts";
import { speechOf } from "./first-bytes.ts";
import { incoming, type AnyRequest } from "./incoming.ts";
import { drop, KEPT_ALIVE } from "./plain-answer.ts";
import { PlainConnection, type Handler } from "./plain-connection.ts";
import type { Upgrade } from "./upgrade.ts";

// An import of node:http reads all its members, and one of them loads a whole HTTP client: 10 ms of every start.
const { createServer: createHttpServer } = process.getBuiltinModule("node:http");

export type Listening = { readonly port: number; readonly close: () => Promise<void> };

type AnyResponse = ServerResponse | Http2ServerResponse;

/** Listens on loopback unless told otherwise. Port 0 takes any free one. */
export async function listen(
  handle: Handler,
  where: { readonly port: number; readonly host?: string | undefined },
  upgrade?: Upgrade,
): Promise<Listening> {
  keepFreedMemory();
  const sockets = new Set<Socket>();
  const http = nodeServer(handle, upgrade);
  const toNode = (socket: Socket, unread: Buffer): void => {
    socket.pause();
    socket.unshift(unread);
    http.emit("connection", socket);
    process.nextTick(() => socket.resume());
  };
  const late = lateServers(handle, (socket) => accept(socket));
  const accept = (socket: Socket): void => {
    socket.on("error", () => socket.destroy());
    const read = (chunk: Buffer): void => {
      const speech = speechOf(chunk);
      if (speech === undefined) return void socket.once("data", (more) => read(Buffer.concat([chunk, more])));
      if (speech === "http1") return new PlainConnection(socket, handle, toNode).begin(chunk);
      socket.pause();
      socket.unshift(chunk);
      // These take the connection over with what it has read: resumed by us it would lose that.
      void late[speech]().then(
        (server) => server.emit("connection", socket),
        () => socket.destroy(),
      );
    };
    socket.once("data", read);
  };
  const server = createNetServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    accept(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(where.port, where.host ?? "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** HTTP/2 and TLS are loaded when a connection first needs them. */
function lateServers(
  handle: Handler,
  secured: (socket: Socket) => void,
): { http2: () => Promise<Http2Server>; tls: () => Promise<TlsServer> } {
  let http2: Promise<Http2Server> | undefined;
  let tls: Promise<TlsServer> | undefined;
  return {
    http2: () =>
      (http2 ??= import("node:http2").then(({ createServer }) =>
        createServer((request, response) => void answer(handle, request, response)),
      )),
    tls: () =>
      (tls ??= Promise.all([import("node:tls"), import("./certificate.ts")]).then(
        async ([{ createServer, createSecureContext }, { certificateFor }]) => {
          const contextOf = async (name: string) => createSecureContext(await certificateFor(name));
          const settings = {
            ...(await certificateFor(undefined)),
            ALPNProtocols: ["h2", "http/1.1"],
            SNICallback: callbackify(contextOf),
          };
          return createServer(settings, (socket) => secured(socket));
        },
      )),
  };
}

/** Node's own, for what is not plain. */
function nodeServer(handle: Handler, upgrade: Upgrade | undefined): Server {
  const http = createHttpServer(
    { requestTimeout: 0, headersTimeout: 60_000, keepAliveTimeout: KEPT_ALIVE * 1000, maxHeaderSize: 64 * 1024 },
    (request, response) => {
      void answer(handle, request, response);
    },
  );
  http.on("checkContinue", (request, response) => {
    const keeps = response.shouldKeepAlive;
    // Nobody knows whether a body follows that was not asked for.
    response.shouldKeepAlive = false;
    void answer(handle, request, response, onDemand(request, response, keeps));
  });
  // Any other expectation means nothing to AWS; node:http would refuse it with 417.
  http.on("checkExpectation", (request, response) => void answer(handle, request, response));
  if (upgrade !== undefined) http.on("upgrade", upgrade);
  return http;
}

/** The body of a caller that waits to be told to send it: one that is refused by its head never does. */
async function* onDemand(
  request: IncomingMessage,
  response: ServerResponse,
  keeps: boolean,
): AsyncGenerator<Uint8Array> {
  response.shouldKeepAlive = keeps;
  response.writeContinue();
  yield* request as AsyncIterable<Uint8Array>;
}

async function answer(
  handle: Handler,
  request: AnyRequest,
  response: AnyResponse,
  body?: AsyncIterable<Uint8Array>,
): Promise<void> {
  const caller = new HangUp();
  response.once("close", () => {
    if (!response.writableFinished) caller.hangUp();
  });
  // Without a listener a socket that dies mid-answer would end the process.
  response.on("error", () => caller.hangUp());
  try {
    await write(response, request.method ?? "GET", await handle(incoming(request, caller, body)));
  } catch (error) {
    if (!response.headersSent && !caller.gone)
      (response as ServerResponse).writeHead(500, { "content-type": "text/plain" });
    if (!caller.gone)
      response.end(`Hangar failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  if (!request.complete) request.resume();
}

/** What only HTTP/1.1 may say: HTTP/2 refuses to send them. */
const OF_CONNECTIONS: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
]);

async function write(response: AnyResponse, method: string, { status, headers, body }: Outgoing): Promise<void> {
  const out = response as ServerResponse;
  out.statusCode = status;
  const http2 = "stream" in response;
  for (const name in headers)
    if (!http2 || !OF_CONNECTIONS.has(name.toLowerCase()))
      out.setHeader(name, headers[name] as string | readonly string[]);
  if (body === undefined || method === "HEAD" || status === 304 || status === 204) {
    out.end();
    await drop(body);
    return;
  }
  if (typeof body === "string" || body instanceof Uint8Array) {
    if (!out.hasHeader("content-length"))
      out.setHeader("content-length", typeof body === "string" ? Buffer.byteLength(body) : body.byteLength);
    out.end(body);
    return;
  }
  await stream(out, body);
}

/** Streams with back-pressure; a source that fails after the head has gone breaks the connection, as AWS's does. */
function stream(out: ServerResponse, body: AsyncIterable<Uint8Array>): Promise<void> {
  return new Promise((resolve) => {
    const source = Readable.from(body, { objectMode: false });
    source.once("error", () => {
      out.destroy();
      resolve();
    });
    out.once("close", () => {
      source.destroy();
      resolve();
    });
    source.pipe(out);
  });
}
