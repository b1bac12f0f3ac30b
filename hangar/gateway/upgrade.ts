// Requests to switch to WebSocket: the front door they are for takes the connection, or says why not.

import { STATUS_CODES, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { Cloud } from "../cloud/cloud.ts";
import { CallContext } from "../cloud/context.ts";
import { HangUp } from "../cloud/hang-up.ts";
import type { HttpDoor, HttpResponse, ServiceDefinition, TakenSocket } from "../cloud/service.ts";
import type { World } from "../cloud/world.ts";
import { asked, callerOfDoor, factsOf } from "./doors.ts";
import type { Incoming } from "./exchange.ts";
import { FrameLengths } from "./frame-lengths.ts";
import { forkOf } from "./handle.ts";
import { isOurHost } from "./hosts.ts";
import { incoming } from "./incoming.ts";

export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Of one world, as `handlerOf` is for requests. */
export function upgradesOf(cloud: Cloud, own: World): Upgrade {
  return (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    void connect(cloud, own, { request, socket, head }).catch((error: unknown) => {
      cloud.bug("websocket", error, own);
      socket.destroy();
    });
  };
}

type Raw = { readonly request: IncomingMessage; readonly socket: Duplex; readonly head: Buffer };

async function connect(cloud: Cloud, own: World, raw: Raw): Promise<void> {
  const caller = new HangUp();
  raw.socket.once("close", () => caller.hangUp());
  const received = incoming(raw.request, caller);
  const { name, fork, host } = forkOf(cloud, received.host);
  if (fork === undefined && cloud.forks.isGone(name)) return refuse(raw.socket, { status: 410, headers: {} });
  const world = (fork?.world ?? own).current;
  const request = { ...received, host };
  for (const { definition, door } of await cloud.doors()) {
    const found = door.connect === undefined ? undefined : asked(cloud, door, request, world);
    if (found === undefined) continue;
    const place = { account: found.account ?? cloud.account, region: found.region ?? cloud.region };
    return through({ cloud, world, definition, door, place, request }, found.data, raw);
  }
  refuse(raw.socket, { status: isOurHost(host, cloud.hosts) ? 404 : 403, headers: {} });
}

type Passage = {
  readonly cloud: Cloud;
  readonly world: World;
  readonly definition: ServiceDefinition;
  readonly door: HttpDoor;
  readonly place: { readonly account: string; readonly region: string };
  readonly request: Incoming;
};

/** Runs one step of a connection as a call of its own, on the trace. */
async function step<Result>(passage: Passage, what: string, run: (context: never) => Promise<Result>): Promise<Result> {
  const { cloud, world, definition, door, place, request } = passage;
  const end = cloud.blobs.begin();
  const span = world.trace.begin("http", `${what} ${request.host}${request.path}`, undefined, { door: door.name });
  const started = performance.now();
  try {
    const { caller } = await callerOfDoor(cloud, world, request);
    const facts = factsOf(cloud, request, world.ids.uuid());
    const call = { world, operation: door.name, ...place, caller, request: facts };
    const result = await run(new CallContext(cloud, definition, call, span) as never);
    await cloud.acknowledged(world);
    return result;
  } finally {
    world.trace.end(span, performance.now() - started);
    end();
  }
}

async function through(passage: Passage, data: unknown, raw: Raw): Promise<void> {
  const { door, request } = passage;
  await passage.cloud.load("iam");
  const taken = await step(passage, "CONNECT", (context) =>
    // Of a door that has one: others are not asked.
    (door.connect as NonNullable<typeof door.connect>)(request, data as never, context),
  );
  if ("status" in taken) return refuse(raw.socket, taken);
  const { WebSocketServer } = await import("ws");
  const protocol = taken.headers["sec-websocket-protocol"];
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: taken.limits.message,
    handleProtocols: () => protocol ?? false,
  });
  server.on("headers", (lines) => {
    for (const [name, value] of Object.entries(taken.headers))
      if (name !== "sec-websocket-protocol") lines.push(`${name}: ${value}`);
  });
  server.handleUpgrade(raw.request, raw.socket, raw.head, (socket) => serve(passage, taken, socket, raw.socket));
}

function serve(passage: Passage, taken: TakenSocket, socket: WebSocket, wire: Duplex): void {
  const { cloud, world } = passage;
  const frames = new FrameLengths(taken.limits.frame);
  wire.prependListener("data", (chunk: Buffer) => {
    if (frames.read(chunk)) socket.close(1009);
  });
  const report = (error: unknown): void => void cloud.bug("websocket", error, world);
  socket.on("error", () => undefined);
  socket.on("message", (message: Buffer, isBinary) => {
    if (frames.exceeded) return;
    // API Gateway takes text alone.
    if (isBinary) return socket.close(1003);
    if (world.disposed) return socket.close(1001, "Going away");
    step(passage, "MESSAGE", (context) => taken.message(message, context)).catch(report);
  });
  socket.on("close", (code, reason) => {
    if (world.disposed) return;
    step(passage, "DISCONNECT", (context) => taken.closed(code, reason.toString("utf8"), context)).catch(report);
  });
  const opened = {
    send: (data: string | Uint8Array) => socket.send(data),
    close: (code: number, reason: string) => socket.close(code, reason),
  };
  step(passage, "OPEN", async (context) => taken.opened(opened, context)).catch(report);
}

function refuse(socket: Duplex, { status, headers, body }: HttpResponse): void {
  const text = typeof body === "string" ? body : "";
  const lines = Object.entries({ ...headers, "content-length": String(Buffer.byteLength(text)), connection: "close" });
  const head = lines.flatMap(([name, value]) => [value].flat().map((each) => `${name}: ${each}\r\n`)).join("");
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${head}\r\n${text}`);
}
