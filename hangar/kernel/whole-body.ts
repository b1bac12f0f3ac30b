// Bytes at hand, for whoever reads a stream.

type Check = (bytes: Uint8Array) => void;

export class WholeBody implements AsyncIterable<Uint8Array> {
  readonly #bytes: Uint8Array;
  readonly #checks: Check[] = [];
  #letGo = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** `check` throws for bytes that are not what their sender says; it is asked when they are read. */
  checked(check: Check): this {
    this.#checks.push(check);
    return this;
  }

  /** All of it, as it is: saves the reader the stream. */
  bytes(): Uint8Array {
    for (const check of this.#checks) check(this.#bytes);
    return this.#bytes;
  }

  /** Said by a reader that keeps none of it: whose memory it is may free it when the call has ended. */
  letGo(): void {
    this.#letGo = true;
  }

  get isLetGo(): boolean {
    return this.#letGo;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const bytes = this.bytes();
    if (bytes.length > 0) yield bytes;
  }
}
