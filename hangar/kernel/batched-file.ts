// A file written in order and in batches: one batch goes to the disk while the next is made.

import type { FileHandle } from "node:fs/promises";

const BATCH = 128 * 1024;

export class BatchedFile {
  readonly #file: FileHandle;
  #batch: Uint8Array[] = [];
  #size = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Keeps the chunk until its batch is written: nobody may change it any more. */
  async write(chunk: Uint8Array): Promise<void> {
    this.#batch.push(chunk);
    this.#size += chunk.length;
    if (this.#size >= BATCH) await this.#flush();
  }

  /** Resolves when all is written. */
  async end(): Promise<void> {
    await this.#flush();
    await this.#writing;
  }

  async #flush(): Promise<void> {
    await this.#writing;
    const batch = this.#batch;
    this.#batch = [];
    this.#size = 0;
    this.#writing = writeAll(this.#file, batch);
    // Whoever waits next is told.
    this.#writing.catch(() => undefined);
  }
}

async function writeAll(file: FileHandle, batch: readonly Uint8Array[]): Promise<void> {
  let left = batch.filter((chunk) => chunk.length > 0);
  while (left.length > 0) {
    let { bytesWritten } = await file.writev(left);
    left = left.flatMap((chunk) => {
      const written = Math.min(bytesWritten, chunk.length);
      bytesWritten -= written;
      return written === chunk.length ? [] : [chunk.subarray(written)];
    });
  }
}
