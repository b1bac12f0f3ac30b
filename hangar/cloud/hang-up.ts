// The end of a caller's connection: an abort signal is made when somebody asks for one, for hardly a call does.

export class HangUp {
  #gone = false;
  #controller: AbortController | undefined;

  /** True once the caller is no longer there. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Aborted when the caller hangs up. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#gone) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  hangUp(): void {
    this.#gone = true;
    this.#controller?.abort();
  }
}
