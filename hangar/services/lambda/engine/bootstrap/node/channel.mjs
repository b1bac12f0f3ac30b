// The runtime's side of the socket to Hangar: invocations come in, responses go out. AWS's Runtime API in fewer steps.

import { Socket } from "node:net";
import { frame, FrameReader } from "./frames.mjs";

const DESCRIPTOR = 4;
const NOTHING = Buffer.alloc(0);

export class Channel {
  #socket = new Socket({ fd: DESCRIPTOR, readable: true, writable: true });
  #reader = new FrameReader();
  #come = [];
  #wanted;
  #ready = false;

  constructor() {
    this.#socket.unref();
    this.#socket.on("data", (chunk) => {
      for (const message of this.#reader.push(chunk)) this.#take(message);
    });
    this.#socket.on("error", () => process.exit(1));
  }

  /** The next invocation: `{ id, deadline, arn, trace, clientContext, body }`. A process that waits for one stays. */
  next() {
    if (!this.#ready) {
      this.#ready = true;
      void this.#send({ type: "ready" }, NOTHING);
    }
    const message = this.#come.shift();
    if (message !== undefined) return Promise.resolve(message);
    this.#socket.ref();
    return new Promise((resolve) => {
      this.#wanted = resolve;
    });
  }

  /** JSON text. The process is free for the next invocation. */
  respond(id, text) {
    return this.#send({ type: "response", id, contentType: "application/json" }, Buffer.from(text));
  }

  /** Without an id: the handler could not be loaded. */
  fail(id, body) {
    return this.#send({ type: "error", id, errorType: body.errorType }, Buffer.from(JSON.stringify(body)));
  }

  chunk(id, bytes, contentType) {
    return this.#send({ type: "chunk", id, contentType }, bytes);
  }

  /** The end of a streamed response; `error` when it failed on the way. */
  end(id, contentType, error) {
    return this.#send(
      { type: "end", id, contentType, errorType: error?.errorType },
      error === undefined ? NOTHING : Buffer.from(JSON.stringify(error)),
    );
  }

  #take({ head, body }) {
    const message = { ...head, body: body.toString("utf8") };
    const wanted = this.#wanted;
    if (wanted === undefined) return this.#come.push(message);
    this.#wanted = undefined;
    this.#socket.unref();
    wanted(message);
  }

  /** Resolves when the system has the bytes. */
  #send(head, body) {
    return new Promise((resolve) => {
      const buffers = frame(head, body);
      const last = buffers.pop();
      for (const buffer of buffers) this.#socket.write(buffer);
      this.#socket.write(last, () => resolve());
    });
  }
}
