// Ends a process that holds more than its function's memory, and tells how much one has used.

import type { EnvironmentProcess, ProcessEnd } from "./child-process.ts";

const LOOK_EVERY = 100;

export class MemoryLimit {
  readonly #process: EnvironmentProcess;
  /** MB. */
  readonly #limit: number;
  #timer: NodeJS.Timeout | undefined;
  #exceeded = false;
  /** Kept for when the process is gone. */
  #seen = 0;

  constructor(process: EnvironmentProcess, limit: number) {
    this.#process = process;
    this.#limit = limit;
  }

  get exceeded(): boolean {
    return this.#exceeded;
  }

  /** MB. Pages of the runtime's own files, which Lambda does not count against a function, may lie beyond its memory. */
  get used(): number {
    this.look();
    return this.#exceeded ? this.#limit : Math.min(this.#seen, this.#limit);
  }

  look(): void {
    this.#seen = this.#process.peakMemory() ?? this.#seen;
  }

  ended({ outOfMemory }: ProcessEnd): void {
    this.#exceeded ||= outOfMemory === true;
  }

  watch(): void {
    this.#timer = setInterval(() => this.#guard(), LOOK_EVERY).unref();
  }

  rest(): void {
    clearInterval(this.#timer);
  }

  #guard(): void {
    this.look();
    if ((this.#process.ownMemory() ?? 0) <= this.#limit) return;
    this.#exceeded = true;
    void this.#process.kill();
  }
}
