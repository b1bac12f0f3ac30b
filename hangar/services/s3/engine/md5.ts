// The MD5 of a body as it comes. It takes longer than all else that is done to a body, so that of a long one is a thread's work.

import { createHash, hash } from "node:crypto";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import {
  backlog,
  ENDED,
  FILLED,
  LEFT,
  ringIn,
  ringMemory,
  setHead,
  SLOT,
  slotAddress,
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
const LONG = 256 * 1024;
/** A thread that is so far behind is no help: this one digests then, too. */
const BEHIND = SLOTS / 2;
/** Slots that are worth waking a thread that waits: waking takes as long as digesting one of them. */
const WORTH_WAKING = 8;
const THREADS = Math.max(1, availableParallelism() - 1);

const threads: Md5Thread[] = [];

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

/** Hex, of bytes that nobody changes any more. A promise where a thread digests them meanwhile. */
export function md5Of(bytes: Uint8Array): string | Promise<string> {
  if (bytes.length < LONG) return hash("md5", bytes, "hex");
  const digest = wholeMd5(bytes);
  // Whoever awaits it later is told.
  digest.catch(() => undefined);
  return digest;
}

async function wholeMd5(bytes: Uint8Array): Promise<string> {
  const md5 = runningMd5(bytes.length);
  await md5.update(bytes);
  return md5.digest();
}

function freeThread(): Md5Thread | undefined {
  let free: Md5Thread | undefined;
  for (const thread of threads) if (free === undefined || thread.behind < free.behind) free = thread;
  if ((free === undefined || free.behind > 0) && threads.length < THREADS) threads.push((free = new Md5Thread()));
  return free !== undefined && free.behind < BEHIND ? free : undefined;
}

/** One of the bodies that a thread digests. */
class ThreadMd5 implements RunningMd5 {
  readonly #thread: Md5Thread;
  readonly #body: number;

  constructor(thread: Md5Thread, body: number) {
    this.#thread = thread;
    this.#body = body;
  }

  update(chunk: Uint8Array): Promise<void> | undefined {
    for (let at = 0; at < chunk.length; at += SLOT) {
      if (!this.#thread.hasRoom()) return this.#thread.whenRoom().then(() => this.update(chunk.subarray(at)));
      this.#thread.fill(this.#body, chunk.subarray(at, at + SLOT));
    }
    return undefined;
  }

  async digest(): Promise<string> {
    while (!this.#thread.hasRoom()) await this.#thread.whenRoom();
    return this.#thread.end(this.#body);
  }

  leave(): void {
    this.#leave().catch(() => undefined);
  }

  async #leave(): Promise<void> {
    while (!this.#thread.hasRoom()) await this.#thread.whenRoom();
    this.#thread.leave(this.#body);
  }
}

type Waiting = { resolve(digest: string): void; reject(error: Error): void };

class Md5Thread {
  readonly #worker: Worker;
  readonly #memory = ringMemory();
  readonly #ring: Md5Ring = ringIn(this.#memory);
  #filled = 0;
  #bodies = 0;
  readonly #begun = new Set<number>();
  readonly #digests = new Map<number, Waiting>();
  #room: (() => void)[] = [];
  #failure: Error | undefined;

  constructor() {
    this.#worker = new Worker(new URL("./md5-thread.ts", import.meta.url), { execArgv: [], workerData: this.#memory });
    this.#worker.on("message", (said: { readonly body?: number; readonly digest?: string }) => this.#hear(said));
    this.#worker.on("error", (error) => this.#fail(error));
  }

  /** Slots that it has not come to. */
  get behind(): number {
    return backlog(this.#ring, this.#filled);
  }

  begin(): RunningMd5 {
    this.#bodies += 1;
    return new ThreadMd5(this, this.#bodies);
  }

  hasRoom(): boolean {
    return this.behind < SLOTS;
  }

  async whenRoom(): Promise<void> {
    this.#check();
    const heard = new Promise<void>((resolve) => this.#room.push(resolve));
    Atomics.store(this.#ring.state, WANTS_ROOM, 1);
    // What was emptied before it was told of the wait is not said.
    if (this.behind > SLOTS / 2) await heard;
    this.#check();
  }

  fill(body: number, piece: Uint8Array): void {
    this.#ring.bytes.set(piece, slotAddress(this.#filled));
    this.#pass(body, piece.length);
  }

  end(body: number): Promise<string> {
    this.#check();
    const digest = new Promise<string>((resolve, reject) => this.#digests.set(body, { resolve, reject }));
    this.#pass(body, ENDED);
    return digest;
  }

  leave(body: number): void {
    // Of what never came to it, it knows nothing.
    if (!this.#begun.has(body)) return;
    this.#pass(body, LEFT);
    this.#ended(body);
  }

  /** Hands the next slot over. */
  #pass(body: number, length: number): void {
    setHead(this.#ring, this.#filled, { body, length });
    this.#filled = (this.#filled + 1) | 0;
    Atomics.store(this.#ring.state, FILLED, this.#filled);
    if (!this.#begun.has(body)) {
      if (this.#begun.size === 0) this.#worker.ref();
      this.#begun.add(body);
      // After the slot: a thread that finds nothing to do goes back to sleep.
      this.#worker.postMessage(undefined);
    }
    const worth = length < 0 || this.behind >= WORTH_WAKING;
    if (worth && Atomics.load(this.#ring.state, WANTS_MORE) === 1) Atomics.notify(this.#ring.state, FILLED);
  }

  #ended(body: number): void {
    this.#begun.delete(body);
    // A thread that waits for work keeps no process alive.
    if (this.#begun.size === 0) this.#worker.unref();
  }

  #hear({ body, digest }: { readonly body?: number; readonly digest?: string }): void {
    if (body === undefined || digest === undefined) {
      for (const resolve of this.#room.splice(0)) resolve();
      return;
    }
    this.#digests.get(body)?.resolve(digest);
    this.#digests.delete(body);
    this.#ended(body);
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  #fail(error: Error): void {
    this.#failure = error;
    threads.splice(threads.indexOf(this), 1);
    for (const resolve of this.#room.splice(0)) resolve();
    for (const { reject } of this.#digests.values()) reject(error);
  }
}
