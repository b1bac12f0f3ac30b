// What a queue's poller is told while it is at work: that more has come since it last looked.

export class Arrivals {
  #any = false;
  #told: () => void = () => undefined;

  get any(): boolean {
    return this.#any;
  }

  tell(): void {
    this.#any = true;
    this.#told();
  }

  /** The poller receives now: what came before is no news. */
  look(): void {
    this.#any = false;
  }

  /** Resolves when something has come since the last look. */
  next(): Promise<void> {
    if (this.#any) return Promise.resolve();
    return new Promise((resolve) => (this.#told = resolve));
  }
}
