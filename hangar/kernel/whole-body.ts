// Bytes at hand, for whoever reads a stream.

export class WholeBody implements AsyncIterable<Uint8Array> {
  readonly #bytes: Uint8Array;
  readonly #check: ((bytes: Uint8Array) => void) | undefined;

  /** `check` throws for bytes that are not what their sender says; it is asked when they are read. */
  constructor(bytes: Uint8Array, check?: (bytes: Uint8Array) => void) {
    this.#bytes = bytes;
    this.#check = check;
  }

  /** All of it, as it is: saves the reader the stream. */
  bytes(): Uint8Array {
    this.#check?.(this.#bytes);
    return this.#bytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const bytes = this.bytes();
    if (bytes.length > 0) yield bytes;
  }
}
