// A connection of HTTP/1.1 for as long as its requests are plain and whole; node:http takes over what is not.
//
// Node's request and response are streams with a dozen events each, which cost more than most calls themselves.

import type { Socket } from "node:net";
import { HangUp } from "../cloud/hang-up.ts";
import { freeMemory } from "../kernel/free-memory.ts";
import { StreamedBody } from "../kernel/streamed-body.ts";
import { WholeBody } from "../kernel/whole-body.ts";
import type { Incoming, Outgoing } from "./exchange.ts";
import { hostName, plainAddress } from "./incoming.ts";
import { drop, KEPT_ALIVE, writePlain } from "./plain-answer.ts";
import { plainHead, type PlainHead } from "./plain-request.ts";

/** Bytes: bodies above it are streamed. Many at once, held whole, are memory that is touched for the first time. */
const LONGEST_WHOLE = 128 * 1024;

export type Handler = (request: Incoming) => Promise<Outgoing>;

let waiting: (() => void)[] = [];

/**
 * Runs what came in one turn of the event loop behind one another, once all of it is read: code that goes from
 * reading to answering and back for each request finds the processor's caches cold every time, and takes twice as long.
 */
function together(run: () => void): void {
  if (waiting.push(run) === 1) setImmediate(runWaiting);
}

function runWaiting(): void {
  const now = waiting;
  waiting = [];
  for (const run of now) run();
}

export class PlainConnection {
  readonly #socket: Socket;
  readonly #handle: Handler;
  /** Takes the socket with what was read of it and not answered. */
  readonly #handOver: (socket: Socket, unread: Buffer) => void;
  readonly #secure: boolean;
  readonly #sourceIp: string;
  /** A request whose body has not come whole. */
  #begun: { readonly head: PlainHead; readonly chunks: Buffer[]; missing: number } | undefined;
  /** A body that has not come whole, of a request that is being answered or was already. */
  #streamed: StreamedBody | undefined;
  /** Whether it stays open behind the answer that is under way. */
  #keeps = true;
  /** The request that is being answered. */
  #caller: HangUp | undefined;
  /** What came while one was being answered. */
  #ahead: Buffer[] = [];
  readonly #onData = (chunk: Buffer): void => this.#read(chunk);
  readonly #onClose = (): void => {
    this.#streamed?.breakOff();
    this.#caller?.hangUp();
  };
  readonly #onTimeout = (): void => {
    if (this.#caller === undefined) this.#socket.destroy();
  };

  constructor(socket: Socket, handle: Handler, handOver: (socket: Socket, unread: Buffer) => void) {
    this.#socket = socket;
    this.#handle = handle;
    this.#handOver = handOver;
    this.#secure = "encrypted" in socket && socket.encrypted === true;
    this.#sourceIp = plainAddress(socket.remoteAddress);
    socket.setTimeout(KEPT_ALIVE * 1000);
    socket.on("data", this.#onData).on("close", this.#onClose).on("timeout", this.#onTimeout);
  }

  /** Of the first bytes, which whoever told its speech has read. */
  begin(chunk: Buffer): void {
    this.#read(chunk);
  }

  #read(chunk: Buffer): void {
    const streamed = this.#streamed;
    if (streamed !== undefined) {
      const behind = this.#pushTo(streamed, chunk);
      if (behind === undefined) return;
      chunk = behind;
    }
    if (this.#caller !== undefined) {
      this.#ahead.push(chunk);
      this.#socket.pause();
      return;
    }
    const begun = this.#begun;
    if (begun !== undefined) {
      begun.chunks.push(chunk);
      begun.missing -= chunk.length;
      if (begun.missing > 0) return;
      this.#begun = undefined;
      const bytes = Buffer.concat(begun.chunks);
      for (const each of begun.chunks) freeMemory(each);
      if (begun.missing === 0) this.#answer(begun.head, bytes);
      else this.#answerFirst(begun.head, bytes);
      return;
    }
    const head = plainHead(chunk);
    if (head === undefined) return this.#leave(chunk);
    const body = chunk.subarray(head.end);
    if (head.expects || head.length > LONGEST_WHOLE) return this.#stream(head, body);
    const missing = head.length - body.length;
    if (missing === 0) this.#answer(head, body);
    else if (missing < 0) this.#answerFirst(head, body);
    else this.#begun = { head, chunks: [body], missing };
  }

  /** A body that is too long to be held whole, or that waits to be asked for. */
  #stream(head: PlainHead, begun: Buffer): void {
    const socket = this.#socket;
    this.#keeps = !head.expects;
    const body = new StreamedBody(head.length, {
      asked: () => {
        if (head.expects) socket.write("HTTP/1.1 100 Continue\r\n\r\n");
        this.#keeps = true;
      },
      pause: () => void socket.pause(),
      resume: () => void socket.resume(),
    });
    const caller = new HangUp();
    this.#caller = caller;
    const behind = this.#pushTo(body, begun);
    if (behind !== undefined) this.#read(behind);
    void this.#runStreamed(head, body, caller);
  }

  /** Answers what is another request's. */
  #pushTo(body: StreamedBody, chunk: Buffer): Buffer | undefined {
    const behind = body.push(chunk);
    this.#streamed = body.isWhole ? undefined : body;
    return behind;
  }

  async #runStreamed(head: PlainHead, body: StreamedBody, caller: HangUp): Promise<void> {
    await this.#answerTo(head, this.#incoming(head, caller, body));
    // Nobody knows whether a body follows that was not asked for.
    if (!this.#keeps) this.#socket.end();
    await body.return();
    this.#goOn();
  }

  /** Of several requests sent at once. */
  #answerFirst(head: PlainHead, bytes: Buffer): void {
    this.#ahead.push(bytes.subarray(head.length));
    this.#socket.pause();
    this.#answer(head, bytes.subarray(0, head.length));
  }

  #answer(head: PlainHead, bytes: Buffer): void {
    const caller = new HangUp();
    this.#caller = caller;
    together(() => void this.#runWhole(head, bytes, caller));
  }

  async #runWhole(head: PlainHead, bytes: Buffer, caller: HangUp): Promise<void> {
    const body = new WholeBody(bytes);
    await this.#answerTo(head, this.#incoming(head, caller, body, bytes));
    if (body.isLetGo) freeMemory(bytes);
    this.#goOn();
  }

  async #answerTo({ method }: PlainHead, request: Incoming): Promise<void> {
    const { caller } = request;
    try {
      const answer = await this.#handle(request);
      if (caller.gone) await drop(answer.body);
      else await writePlain(this.#socket, answer, { method, keeps: this.#keeps });
    } catch (error) {
      const body = `Hangar failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
      const answer = { status: 500, headers: { "content-type": "text/plain" }, body };
      if (!caller.gone) await writePlain(this.#socket, answer, { method, keeps: this.#keeps });
    }
  }

  /** To what came while one was being answered. */
  #goOn(): void {
    const socket = this.#socket;
    this.#caller = undefined;
    if (this.#ahead.length === 0) return;
    const ahead = Buffer.concat(this.#ahead);
    this.#ahead = [];
    socket.resume();
    if (!socket.destroyed) this.#read(ahead);
  }

  #incoming(head: PlainHead, caller: HangUp, body: Incoming["body"], bytes?: Buffer): Incoming {
    const { method, path, query, headers, rawHeaders } = head;
    const authority = headers["host"] ?? "";
    return {
      method,
      host: hostName(authority),
      path,
      query,
      headers,
      rawHeaders,
      body,
      bytes,
      sourceIp: this.#sourceIp,
      secure: this.#secure,
      origin: `${this.#secure ? "https" : "http"}://${authority}`,
      caller,
    };
  }

  #leave(unread: Buffer): void {
    const socket = this.#socket;
    socket.off("data", this.#onData).off("close", this.#onClose).off("timeout", this.#onTimeout);
    socket.setTimeout(0);
    this.#handOver(socket, unread);
  }
}
