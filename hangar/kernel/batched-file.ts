// A file written in order and in batches: one batch goes to the disk while the next is made.

import type { FileHandle } from "node:fs/promises";
import { freeMemory } from "./free-memory.ts";

/** Each write wakes a thread, which costs as much as digesting 64 KB: a long file's batches are larger. */
const BATCH = 256 * 1024;
const LONG = 8 * 1024 * 1024;
const LONG_BATCH = 1024 * 1024;

export class BatchedFile {
  readonly #file: FileHandle;
  readonly #given: boolean;
  #batch: Uint8Array[] = [];
  #size = 0;
  #flushed = 0;
  /** The last two batches: one is written, one waits behind it, and a third is made. */
  #writing: Promise<void> = Promise.resolve();
  #before: Promise<void> = Promise.resolve();

  /** `given` chunks are freed when they are written. */
  constructor(file: FileHandle, given: boolean) {
    this.#file = file;
    this.#given = given;
  }

  /** Keeps the chunk until its batch is written: nobody may change it any more. A promise when the next must wait. */
  write(chunk: Uint8Array): Promise<void> | undefined {
    this.#batch.push(chunk);
    this.#size += chunk.length;
    return this.#size >= (this.#flushed < LONG ? BATCH : LONG_BATCH) ? this.#flush() : undefined;
  }

  /** Resolves when all is written. */
  async end(): Promise<void> {
    await this.#flush();
    await this.#writing;
  }

  #flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    this.#flushed += this.#size;
    this.#size = 0;
    const room = this.#before;
    this.#before = this.#writing;
    this.#writing = this.#before.then(() => this.#writeAll(batch));
    // Whoever waits next is told.
    this.#writing.catch(() => undefined);
    return room;
  }

  async #writeAll(batch: readonly Uint8Array[]): Promise<void> {
    await writeAll(this.#file, batch);
    if (this.#given) for (const chunk of batch) freeMemory(chunk);
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
