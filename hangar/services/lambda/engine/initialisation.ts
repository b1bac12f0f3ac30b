// The first phase of an environment's life: its time, how it ends, and what Lambda logs when it fails.

import type { InitFacts } from "../rules/log-lines.ts";
import { initializationLimit } from "./deployment.ts";
import type { EnvironmentFacts } from "./environment-facts.ts";
import type { EnvironmentLog } from "./environment-log.ts";

export class Initialisation {
  readonly born = performance.now();
  readonly settled = Promise.withResolvers<boolean>();
  /** The first try has failed: this one is in an invocation's time. */
  readonly again: boolean;
  readonly #log: EnvironmentLog;
  readonly #inspector: EnvironmentFacts["inspector"];
  readonly #limit: number;
  #timer: NodeJS.Timeout | undefined;
  #failed = false;
  #duration: number | undefined;

  constructor({ earlier, deployment, inspector }: EnvironmentFacts, log: EnvironmentLog, timeOut: () => void) {
    this.#log = log;
    this.#inspector = inspector;
    this.#limit = initializationLimit(deployment);
    this.again = earlier !== undefined;
    if (!this.again) this.#timer = setTimeout(() => this.#timeUp(timeOut), this.#limit).unref();
  }

  get over(): boolean {
    return this.#duration !== undefined;
  }

  /** Milliseconds, once it is over. */
  get duration(): number | undefined {
    return this.#duration;
  }

  /** For the first time: nobody is told, it is tried again. */
  get failed(): boolean {
    return this.#failed;
  }

  /** An invocation waits for it, and with it our process; false when that has to look to the time itself. */
  awaited(): boolean {
    this.#timer?.ref();
    return this.#timer !== undefined;
  }

  complete(): number {
    this.stop();
    this.#duration = performance.now() - this.born;
    this.#log.initialised({ phase: this.#phase, status: "success", errorType: undefined, duration: this.#duration });
    this.settled.resolve(true);
    return this.#duration;
  }

  /** Logs it unless it was over; true when it is to be tried again. */
  fail(status: InitFacts["status"], errorType: string | undefined): boolean {
    if (this.over) return false;
    this.#log.initialised({ phase: this.#phase, status, errorType, duration: performance.now() - this.born });
    this.#failed = !this.again;
    return this.#failed;
  }

  get #phase(): InitFacts["phase"] {
    return this.again ? "invoke" : "init";
  }

  #timeUp(timeOut: () => void): void {
    const left = this.#inspector?.left(this.born, this.#limit) ?? 0;
    if (left > 0) this.#timer = setTimeout(() => this.#timeUp(timeOut), left);
    else timeOut();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
