// Answers written straight to a connection of HTTP/1.1 that stays open.

import type { Socket } from "node:net";
import { freeMemory, givesChunks, isGiving } from "../kernel/free-memory.ts";
import { hostTime } from "../kernel/host-time.ts";
import type { Outgoing } from "./exchange.ts";

/** Seconds without a request after which a connection is closed. */
export const KEPT_ALIVE = 65;

const { STATUS_CODES } = process.getBuiltinModule("node:http");
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * Resolves when all of it is on its way. Throws, with nothing written, for headers that cannot be sent. A connection that
 * is not kept is for the caller to end.
 */
export async function writePlain(
  socket: Socket,
  { status, headers, body }: Outgoing,
  { method, keeps }: { readonly method: string; readonly keeps: boolean },
): Promise<void> {
  const bodiless = method === "HEAD" || status === 304 || status === 204;
  const length = body === undefined && !bodiless ? 0 : lengthOf(headers, bodiless ? undefined : body);
  const framing =
    length === undefined ? (bodiless ? "" : "Transfer-Encoding: chunked\r\n") : `content-length: ${length}\r\n`;
  const head = `${headOf(status, headers, keeps)}${framing}\r\n`;
  if (bodiless || body === undefined) {
    socket.write(head, "latin1");
    await drop(body);
  } else if (typeof body === "string") {
    // In one piece where one encoding is right for both.
    if (Buffer.byteLength(body) === body.length) return void socket.write(head + body, "latin1");
    socket.cork();
    socket.write(head, "latin1");
    socket.write(body, "utf8");
    socket.uncork();
  } else if (body instanceof Uint8Array) {
    if (body.length <= COPIED) return void socket.write(inOnePiece(head, body));
    socket.cork();
    socket.write(head, "latin1");
    socket.write(body);
    socket.uncork();
  } else {
    socket.write(head, "latin1");
    await stream(socket, length === undefined ? inChunks(body) : ofLength(body, length));
  }
}

/** A short body costs less to copy than to hand over beside its head. */
const COPIED = 8 * 1024;

function inOnePiece(head: string, body: Uint8Array): Buffer {
  const piece = Buffer.allocUnsafe(head.length + body.length);
  piece.write(head, "latin1");
  piece.set(body, head.length);
  return piece;
}

/** Tells a source that nobody will read it. */
export async function drop(body: Outgoing["body"]): Promise<void> {
  if (typeof body === "object" && Symbol.asyncIterator in body) await body[Symbol.asyncIterator]().return?.();
}

function headOf(status: number, headers: Outgoing["headers"], keeps: boolean): string {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "unknown"}\r\n`;
  let dated = false;
  for (const name in headers) {
    const kind = kindOf(name);
    if (kind === "hop" || kind === "length") continue;
    if (kind === "date") dated = true;
    const value = headers[name] as string | readonly string[];
    if (typeof value === "string") head += headerLine(name, value);
    else for (const each of value) head += headerLine(name, each);
  }
  return head + (dated ? "" : date()) + (keeps ? KEEPS : CLOSES);
}

function headerLine(name: string, value: string): string {
  if (UNSENDABLE.test(value)) throw new TypeError(`The header ${name} has a value that cannot be sent.`);
  return `${name}: ${value}\r\n`;
}

/** Headers of one hop (RFC 9110, 7.6.1): how the connection is kept is not an operation's to say. */
const OF_THE_HOP: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
]);

type Kind = "hop" | "date" | "length" | "other";
const kinds = new Map<string, Kind>();
const NAMES_KEPT = 1000;

function kindOf(name: string): Kind {
  const known = kinds.get(name);
  if (known !== undefined) return known;
  if (!TOKEN.test(name)) throw new TypeError(`"${name}" cannot be the name of a header.`);
  const lower = name.toLowerCase();
  const kind = OF_THE_HOP.has(lower)
    ? "hop"
    : lower === "date"
      ? "date"
      : lower === "content-length"
        ? "length"
        : "other";
  if (kinds.size < NAMES_KEPT) kinds.set(name, kind);
  return kind;
}

/** Of the body. What is at hand is as long as it is, whatever the answer's headers say; undefined where nobody says. */
function lengthOf(headers: Outgoing["headers"], body: Outgoing["body"]): number | undefined {
  if (typeof body === "string") return Buffer.byteLength(body);
  if (body instanceof Uint8Array) return body.byteLength;
  for (const name in headers) {
    const value = headers[name];
    if (kindOf(name) === "length" && typeof value === "string" && /^\d+$/.test(value)) return Number(value);
  }
  return undefined;
}

const KEEPS = `Connection: keep-alive\r\nKeep-Alive: timeout=${KEPT_ALIVE}\r\n`;
const CLOSES = "Connection: close\r\n";
let second = 0;
let text = "";

/** The date (RFC 9110, 5.6.7) is written once a second. */
function date(): string {
  const now = Math.floor(hostTime.now() / 1000);
  if (now !== second) {
    second = now;
    text = `Date: ${new Date(now * 1000).toUTCString()}\r\n`;
  }
  return text;
}

async function* inChunks(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    if (chunk.length === 0) continue;
    yield Buffer.from(`${chunk.length.toString(16)}\r\n`, "latin1");
    yield chunk;
    yield Buffer.from("\r\n", "latin1");
  }
  yield Buffer.from("0\r\n\r\n", "latin1");
}

/** Whoever reads would take what is too much for the next answer, or wait for what is missing. */
function ofLength(body: AsyncIterable<Uint8Array>, length: number): AsyncIterable<Uint8Array> {
  const counted = countedTo(length, body);
  return isGiving(body) ? givesChunks(counted) : counted;
}

async function* countedTo(length: number, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = length;
  for await (const chunk of body) {
    left -= chunk.length;
    if (left < 0) break;
    yield chunk;
  }
  if (left !== 0) throw new Error(`The body is not of the ${length} bytes that its head says.`);
}

/** Streams with back-pressure; a source that fails after the head has gone breaks the connection, as AWS's does. */
async function stream(socket: Socket, body: AsyncIterable<Uint8Array>): Promise<void> {
  const given = isGiving(body);
  const source = body[Symbol.asyncIterator]();
  const gone = (): void => void Promise.resolve(source.return?.()).catch(() => undefined);
  socket.once("close", gone);
  try {
    for (let step = await source.next(); step.done !== true && !socket.destroyed; step = await source.next()) {
      const chunk = step.value;
      const taken = given ? (): void => freeMemory(chunk) : undefined;
      if (!socket.write(chunk, taken)) await roomIn(socket);
    }
  } catch {
    socket.destroy();
  }
  if (!socket.destroyed) socket.off("close", gone);
}

function roomIn(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off("drain", done).off("close", done);
      resolve();
    };
    socket.on("drain", done).on("close", done);
  });
}
