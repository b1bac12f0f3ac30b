// Blobs that must stay although no row names them: those that are being read.

export class BlobHolds {
  readonly #counts = new Map<string, number>();

  has(hash: string): boolean {
    return this.#counts.has(hash);
  }

  /** Until the answer is called. */
  hold(hashes: readonly string[]): () => void {
    for (const hash of hashes) this.#counts.set(hash, (this.#counts.get(hash) ?? 0) + 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      for (const hash of hashes) {
        const left = (this.#counts.get(hash) ?? 1) - 1;
        if (left > 0) this.#counts.set(hash, left);
        else this.#counts.delete(hash);
      }
    };
  }

  /** Holds blobs until a stream of them ends, fails or is left, even before its first byte. */
  holding(hashes: readonly string[], stream: AsyncGenerator<Uint8Array>): AsyncIterableIterator<Uint8Array> {
    const release = this.hold(hashes);
    const noted = async (step: Promise<IteratorResult<Uint8Array>>): Promise<IteratorResult<Uint8Array>> => {
      try {
        const result = await step;
        if (result.done === true) release();
        return result;
      } catch (error) {
        release();
        throw error;
      }
    };
    return {
      next: () => noted(stream.next()),
      return: () => noted(stream.return(undefined)),
      throw: (error) => noted(stream.throw(error)),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}
