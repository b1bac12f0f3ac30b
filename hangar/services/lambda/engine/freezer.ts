// Stops what lives in an environment while no invocation runs, as Lambda freezes it.

/** Milliseconds it goes on after an invocation: in a row of them the next one comes before. */
const AFTER = 10;

type Freezable = { freeze(): void; thaw(): void };

export class Freezer {
  readonly #parts: readonly Freezable[];
  #timer: NodeJS.Timeout | undefined;
  #frozen = false;

  constructor(parts: readonly Freezable[]) {
    this.#parts = parts;
  }

  freezeSoon(): void {
    this.#timer = setTimeout(() => {
      this.#frozen = true;
      for (const part of this.#parts) part.freeze();
    }, AFTER).unref();
  }

  thaw(): void {
    clearTimeout(this.#timer);
    if (!this.#frozen) return;
    this.#frozen = false;
    for (const part of this.#parts) part.thaw();
  }
}
