// A body as it comes from its connection, chunk by chunk.

import { AwsError } from "./aws-error.ts";
import { freeMemory, givesChunks } from "./free-memory.ts";

/** Bytes that may wait for their reader before the connection is told to wait. */
const AHEAD = 256 * 1024;

/** What the body says to its connection. */
export type Flow = {
  /** Its reader wants the first of it. */
  readonly asked: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
};

type Step = IteratorResult<Uint8Array, undefined>;

export class StreamedBody implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #flow: Flow;
  /** Bytes that have not come. */
  #missing: number;
  #chunks: Uint8Array[] = [];
  #ahead = 0;
  #asked = false;
  /** Nobody reads it any more. */
  #left = false;
  #broken = false;
  #waiting: { readonly resolve: (step: Step) => void; readonly reject: (error: AwsError) => void } | undefined;

  /** `length` in bytes. */
  constructor(length: number, flow: Flow) {
    this.#missing = length;
    this.#flow = flow;
    givesChunks(this);
  }

  /** All of it has come, whether or not it was read. */
  get isWhole(): boolean {
    return this.#missing === 0;
  }

  /** What its connection received. Answers what comes behind the body. */
  push(chunk: Buffer): Buffer | undefined {
    const own = chunk.length > this.#missing ? chunk.subarray(0, this.#missing) : chunk;
    this.#missing -= own.length;
    this.#take(own);
    return own === chunk ? undefined : chunk.subarray(own.length);
  }

  #take(chunk: Uint8Array): void {
    if (this.#left) return freeMemory(chunk);
    const waiting = this.#waiting;
    if (waiting !== undefined) {
      this.#waiting = undefined;
      waiting.resolve({ done: false, value: chunk });
      return;
    }
    this.#chunks.push(chunk);
    this.#ahead += chunk.length;
    if (this.#ahead >= AHEAD) this.#flow.pause();
  }

  /** Its connection has ended. */
  breakOff(): void {
    if (this.isWhole) return;
    this.#broken = true;
    this.#waiting?.reject(incompleteBody());
    this.#waiting = undefined;
  }

  async next(): Promise<Step> {
    if (!this.#asked) {
      this.#asked = true;
      this.#flow.asked();
    }
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) {
      if (this.#ahead >= AHEAD && this.#ahead - chunk.length < AHEAD) this.#flow.resume();
      this.#ahead -= chunk.length;
      return { done: false, value: chunk };
    }
    if (this.#left || this.isWhole) return { done: true, value: undefined };
    if (this.#broken) throw incompleteBody();
    return new Promise((resolve, reject) => (this.#waiting = { resolve, reject }));
  }

  /** What has not been read is thrown away, and what still comes. */
  async return(): Promise<Step> {
    if (!this.#left) {
      this.#left = true;
      this.#chunks = [];
      this.#flow.resume();
    }
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** A body that breaks off is its sender's doing, not a failure of ours. */
export function incompleteBody(): AwsError {
  return new AwsError(
    "IncompleteBody",
    "You did not provide the number of bytes specified by the Content-Length HTTP header",
  );
}
