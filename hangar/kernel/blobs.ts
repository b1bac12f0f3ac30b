// Bodies by content: append-only, shared by all forks; small ones in memory, large ones in files, always streamed.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, open, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** `hash` is the SHA-256 in hex. */
export type Blob = { readonly hash: string; readonly size: number };

export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

const IN_MEMORY = 64 * 1024;

export class Blobs {
  readonly #given: string | undefined;
  readonly #small = new Map<string, Uint8Array>();
  #root: Promise<string> | undefined;
  #next = 0;

  /** Without a directory, files live in a temporary one that `close` removes. */
  constructor(directory?: string) {
    this.#given = directory;
  }

  /** Keeps bytes that are already at hand. */
  async putBytes(bytes: Uint8Array): Promise<Blob> {
    if (bytes.length > IN_MEMORY || this.#given !== undefined) return this.put([bytes]);
    return this.#keep(bytes);
  }

  /** Keeps a stream, never more of it in memory than a chunk and 64 KB. A stream that fails leaves nothing behind. */
  async put(source: ByteSource): Promise<Blob> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
    for (;;) {
      const step = await iterator.next();
      if (step.done === true) break;
      chunks.push(step.value);
      size += step.value.length;
      if (size > IN_MEMORY) return this.#putFile(chunks, iterator);
    }
    const bytes = chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
    return this.#given === undefined ? this.#keep(bytes) : this.#putFile([bytes], [][Symbol.iterator]());
  }

  /** Bytes from `start` up to but without `end`. */
  async *read(hash: string, start = 0, end = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
    const small = this.#small.get(hash);
    if (small !== undefined) {
      if (end > start) yield small.subarray(start, Math.min(end, small.length));
      return;
    }
    if (end <= start) return;
    yield* createReadStream(await this.path(hash), {
      start,
      end: end - 1,
      highWaterMark: 256 * 1024,
    }) as AsyncIterable<Uint8Array>;
  }

  /** The bytes, when they are held in memory: saves small bodies the stream. */
  inMemory(hash: string): Uint8Array | undefined {
    return this.#small.get(hash);
  }

  /** A whole blob in memory: for code archives and the like, not for objects. */
  async bytes(hash: string): Promise<Uint8Array> {
    const small = this.#small.get(hash);
    if (small !== undefined) return small;
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.read(hash)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async has(hash: string): Promise<boolean> {
    if (this.#small.has(hash)) return true;
    return stat(await this.path(hash)).then(
      () => true,
      () => false,
    );
  }

  /** Where a blob's file is or would be. Small blobs have none. */
  async path(hash: string): Promise<string> {
    return join(await this.#directory(), hash.slice(0, 2), hash);
  }

  /** Removes every blob that `live` does not name. */
  async remove(hashes: Iterable<string>): Promise<void> {
    for (const hash of hashes) {
      if (!this.#small.delete(hash)) await rm(await this.path(hash), { force: true });
    }
  }

  async close(): Promise<void> {
    this.#small.clear();
    if (this.#given === undefined && this.#root !== undefined)
      await rm(await this.#root, { recursive: true, force: true });
    this.#root = undefined;
  }

  #keep(bytes: Uint8Array): Blob {
    const hash = createHash("sha256").update(bytes).digest("hex");
    // A copy: a slice would keep the socket's whole buffer alive.
    if (!this.#small.has(hash)) this.#small.set(hash, Uint8Array.from(bytes));
    return { hash, size: bytes.length };
  }

  async #putFile(first: Uint8Array[], rest: Iterator<Uint8Array> | AsyncIterator<Uint8Array>): Promise<Blob> {
    const root = await this.#directory();
    this.#next += 1;
    const temporary = join(root, `incoming-${process.pid}-${this.#next}`);
    const hash = createHash("sha256");
    let size = 0;
    const file = await open(temporary, "wx");
    try {
      const write = async (chunk: Uint8Array): Promise<void> => {
        hash.update(chunk);
        size += chunk.length;
        for (let at = 0; at < chunk.length;) at += (await file.write(chunk, at)).bytesWritten;
      };
      for (const chunk of first.splice(0)) await write(chunk);
      for (let step = await rest.next(); step.done !== true; step = await rest.next()) await write(step.value);
      if (this.#given !== undefined) await file.datasync();
      await file.close();
      const digest = hash.digest("hex");
      await mkdir(join(root, digest.slice(0, 2)), { recursive: true });
      await rename(temporary, join(root, digest.slice(0, 2), digest));
      return { hash: digest, size };
    } catch (error) {
      await file.close().catch(() => undefined);
      await rm(temporary, { force: true });
      throw error;
    }
  }

  #directory(): Promise<string> {
    this.#root ??=
      this.#given === undefined
        ? mkdtemp(join(tmpdir(), "hangar-blobs-"))
        : mkdir(this.#given, { recursive: true }).then(() => this.#given as string);
    return this.#root;
  }
}
