// How many processes may be starting at once: in a burst the rest wait for one that becomes free, as starting all would slow each.

import { availableParallelism } from "node:os";

/** A process that waits for another function while it starts must not stop that one for long. */
const PATIENCE = 1000;

export class StartLimit {
  readonly #limit = Math.max(4, 2 * availableParallelism());
  #starting = 0;
  #waiting: (() => void)[] = [];

  /** Answers what `take` finds free, or undefined when the caller is to start one itself; it calls `started` when that is done. */
  async next<Found>(take: () => Found | undefined): Promise<Found | undefined> {
    const end = performance.now() + PATIENCE;
    for (;;) {
      const found = take();
      if (found !== undefined) return found;
      const left = end - performance.now();
      if (this.#starting < this.#limit || left <= 0) {
        this.#starting += 1;
        return undefined;
      }
      await this.#change(left);
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
