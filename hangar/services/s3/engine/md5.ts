// The MD5 of a body as it comes. It takes longer than all else that is done to a body, so that of a long one has a thread.

import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import {
  EMPTIED,
  ENDED,
  FILLED,
  LEFT,
  ringIn,
  ringMemory,
  setLength,
  SLOT,
  slotBytes,
  SLOTS,
  WANTS_MORE,
  WANTS_ROOM,
  type Md5Ring,
} from "./md5-ring.ts";

export type RunningMd5 = {
  /** Copies what it keeps. A promise when the next chunk must wait. */
  update(chunk: Uint8Array): Promise<void> | undefined;
  /** Hex. Ends it. */
  digest(): string | Promise<string>;
  /** The body broke off. */
  leave(): void;
};

/** Below it a thread is not worth what it takes to reach it. */
const LONG = 4 * 1024 * 1024;
const THREADS = Math.max(1, availableParallelism() - 1);

const idle: Md5Thread[] = [];
let started = 0;

/** `length` in bytes, where it is known beforehand. */
export function runningMd5(length: number | undefined): RunningMd5 {
  const thread = length === undefined || length < LONG ? undefined : freeThread();
  if (thread !== undefined) return thread.begin();
  const md5 = createHash("md5");
  return {
    update(chunk) {
      md5.update(chunk);
      return undefined;
    },
    digest: () => md5.digest("hex"),
    leave() {},
  };
}

function freeThread(): Md5Thread | undefined {
  const free = idle.pop();
  if (free !== undefined || started >= THREADS) return free;
  started += 1;
  return new Md5Thread();
}

class Md5Thread {
  readonly #worker: Worker;
  readonly #memory = ringMemory();
  readonly #ring: Md5Ring = ringIn(this.#memory);
  #filled = 0;
  #room: (() => void) | undefined;
  #digest: { resolve(digest: string): void; reject(error: Error): void } | undefined;
  #failure: Error | undefined;

  constructor() {
    this.#worker = new Worker(new URL("./md5-thread.ts", import.meta.url), { execArgv: [] });
    this.#worker.on("message", (said: { room?: true; digest?: string }) => this.#hear(said));
    this.#worker.on("error", (error) => this.#fail(error));
  }

  begin(): RunningMd5 {
    const { state } = this.#ring;
    this.#filled = 0;
    this.#worker.ref();
    state.fill(0, 0, WANTS_MORE + 1);
    this.#worker.postMessage(this.#memory);
    return {
      update: (chunk) => this.#update(chunk),
      digest: () => this.#end(ENDED),
      leave: () => void this.#end(LEFT).catch(() => undefined),
    };
  }

  #update(chunk: Uint8Array): Promise<void> | undefined {
    for (let at = 0; at < chunk.length; at += SLOT) {
      if (!this.#hasRoom()) return this.#whenRoom().then(() => this.#update(chunk.subarray(at)));
      this.#fill(chunk.subarray(at, at + SLOT));
    }
    return undefined;
  }

  #fill(piece: Uint8Array): void {
    slotBytes(this.#ring, this.#filled).set(piece);
    this.#pass(piece.length);
  }

  /** Hands the next slot over. */
  #pass(length: number): void {
    setLength(this.#ring, this.#filled, length);
    this.#filled += 1;
    Atomics.store(this.#ring.state, FILLED, this.#filled);
    if (Atomics.load(this.#ring.state, WANTS_MORE) === 1) Atomics.notify(this.#ring.state, FILLED);
  }

  #hasRoom(): boolean {
    return this.#filled - Atomics.load(this.#ring.state, EMPTIED) < SLOTS;
  }

  async #whenRoom(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    const heard = new Promise<void>((resolve) => (this.#room = resolve));
    Atomics.store(this.#ring.state, WANTS_ROOM, 1);
    // What was emptied before it was told of the wait is not said.
    if (this.#filled - Atomics.load(this.#ring.state, EMPTIED) > SLOTS / 2) await heard;
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #end(how: typeof ENDED | typeof LEFT): Promise<string> {
    while (!this.#hasRoom()) await this.#whenRoom();
    if (this.#failure !== undefined) throw this.#failure;
    const digest = new Promise<string>((resolve, reject) => (this.#digest = { resolve, reject }));
    this.#pass(how);
    return digest;
  }

  #hear({ digest }: { room?: true; digest?: string }): void {
    if (digest === undefined) {
      this.#room?.();
      return;
    }
    // A thread that waits for work keeps no process alive.
    this.#worker.unref();
    idle.push(this);
    this.#digest?.resolve(digest);
  }

  #fail(error: Error): void {
    this.#failure = error;
    started -= 1;
    const at = idle.indexOf(this);
    if (at >= 0) idle.splice(at, 1);
    this.#room?.();
    this.#digest?.reject(error);
  }
}
