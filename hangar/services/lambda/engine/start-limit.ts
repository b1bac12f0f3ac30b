// How many processes may be starting at once: in a burst the rest wait for one that becomes free, as starting all would slow each.

import { availableParallelism, totalmem } from "node:os";

/** A process that waits for another function while it starts must not stop that one for long. */
const PATIENCE = 1000;

/** What a process of a small function takes: half of the machine's memory may be theirs. */
const MEMORY = 40 * 1024 * 1024;

/** Processes that this machine can have at once. `HANGAR_LAMBDA_PROCESSES` says otherwise. */
export function mostProcesses(): number {
  return Number(process.env["HANGAR_LAMBDA_PROCESSES"] ?? Math.max(16, Math.floor(totalmem() / 2 / MEMORY)));
}

export class StartLimit {
  /** Whether there may be another process at all; it may make room. */
  readonly #room: () => boolean;
  readonly #limit = Math.max(4, 2 * availableParallelism());
  #starting = 0;
  #waiting: (() => void)[] = [];

  constructor(room: () => boolean) {
    this.#room = room;
  }

  /** Answers what `take` finds free, or undefined when the caller is to start one itself; it calls `started` when that is done. */
  async next<Found>(take: () => Found | undefined): Promise<Found | undefined> {
    const end = performance.now() + PATIENCE;
    for (;;) {
      let found = take();
      // Whoever waits for the same function comes before one that would end its process to start another.
      if (found === undefined) await Promise.resolve();
      found ??= take();
      if (found !== undefined) return found;
      const left = end - performance.now();
      if ((this.#starting < this.#limit || left <= 0) && this.#room()) {
        this.#starting += 1;
        return undefined;
      }
      await this.#change(left > 0 ? left : PATIENCE);
    }
  }

  started(): void {
    this.#starting -= 1;
    this.changed();
  }

  /** One may be free. */
  changed(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #change(atMost: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, atMost);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
