// Closed while the disk is full: who came since is refused at the first write, before anything has changed; who was under way may end.

import { AsyncLocalStorage } from "node:async_hooks";

/** Host milliseconds between looks for room that nobody asked for. */
const AGAIN = 1000;

/** What runs that began while a gate was closed, by the reason it was closed for: another closing does not stop it half-way. */
const late = new AsyncLocalStorage<Error>();

export class WriteGate {
  /** Why it is closed. */
  closed: Error | undefined;
  #lookForRoom: () => Promise<void> = () => Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #waiting: (() => void)[] = [];

  /** `lookForRoom` opens it where there is some. */
  close(reason: Error, lookForRoom: () => Promise<void>): void {
    this.closed ??= reason;
    this.#lookForRoom = lookForRoom;
    this.#timer ??= setInterval(() => void lookForRoom(), AGAIN).unref();
  }

  open(): void {
    this.closed = undefined;
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const resume of this.#waiting.splice(0)) resume();
  }

  /** Looks no more, and lets nobody go on that waits. */
  dispose(): void {
    clearInterval(this.#timer);
  }

  /** Runs what begins now, once it is known whether there still is no room. */
  async late<Answer>(run: () => Answer): Promise<Awaited<Answer>> {
    await this.#lookForRoom();
    return await (this.closed === undefined ? run() : late.run(this.closed, run));
  }

  /** Before every write while it is closed. */
  pass(): void {
    if (this.closed !== undefined && late.getStore() === this.closed) throw this.closed;
  }

  /** Resolves when it is open. */
  async opened(): Promise<void> {
    while (this.closed !== undefined) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
