// The time an invocation has: from when its process is ready for it, pauses in a debugger aside.

import type { Inspector } from "./inspector.ts";

type Limits = { readonly timeout: number; readonly inspector: Inspector | undefined };

export class Deadline {
  /** When its time began; 0 before it has a process that is ready for it. */
  started = 0;
  readonly #limit: number;
  readonly #inspector: Inspector | undefined;
  readonly #over: () => void;
  #timer: NodeJS.Timeout | undefined;

  /** `timeout` in seconds. */
  constructor({ timeout, inspector }: Limits, over: () => void) {
    this.#limit = timeout * 1000;
    this.#inspector = inspector;
    this.#over = over;
  }

  /** Ends as if its time had begun: a process that is not ready holds it up no longer than that. */
  watch(): void {
    this.clear();
    this.#timer = setTimeout(() => this.#look(), this.#limit);
  }

  begin(now: number): void {
    this.started = now;
    this.watch();
  }

  /** Milliseconds. */
  leftAt(now: number): number {
    return Math.round(this.#limit - (now - this.started));
  }

  clear(): void {
    clearTimeout(this.#timer);
  }

  #look(): void {
    const left = this.started === 0 ? undefined : this.#inspector?.left(this.started, this.#limit);
    if (left === undefined || left <= 0) return this.#over();
    this.#timer = setTimeout(() => this.#look(), left);
  }
}
