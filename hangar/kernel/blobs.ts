// Bodies by content, shared by all forks: small ones in memory, large ones in files, always streamed; swept when no row names them.

import { hash as digestOf } from "node:crypto";
import { mkdir, mkdtemp, open, readdir, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BatchedFile } from "./batched-file.ts";
import { BlobHolds } from "./blob-holds.ts";
import { contentNaming, type Naming } from "./blob-naming.ts";
import { readAhead, type FileRange } from "./read-ahead.ts";

/** `hash` is the blob's name: the SHA-256 in hex, or a sealed one. */
export type Blob = { readonly hash: string; readonly size: number };

/** What a put may be told. */
export type PutOptions = {
  /** The bytes are the store's: nobody will change them any more, or look at them. */
  readonly given?: boolean;
  readonly naming?: Naming | undefined;
};

export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

const IN_MEMORY = 64 * 1024;
/** After so many bytes a sweep is worth its walk over all rows. */
const GROWTH = 256 * 1024 * 1024;

/** Work that began in the same phase: a sweep waits for its end. */
type Phase = { underWay: number; ended?: (() => void) | undefined };

export class Blobs {
  readonly #given: string | undefined;
  readonly #small = new Map<string, Uint8Array>();
  readonly #held = new BlobHolds();
  readonly #removing = new Map<string, Promise<void>>();
  #root: Promise<string> | undefined;
  #next = 0;
  #phase: Phase = { underWay: 0 };
  /** What was put since a sweep began: its rows may not be written yet. */
  #putSince: Set<string> | undefined;
  #sweeping: Promise<number> | undefined;
  #endOfWait: (() => void) | undefined;
  #grown = 0;
  /** Made already. */
  readonly #folders = new Set<string>();
  #whenGrown: (() => void) | undefined;
  #closed = false;

  /** Without a directory, files live in a temporary one that `close` removes. */
  constructor(directory?: string) {
    this.#given = directory;
  }

  /** Clears away what an earlier process left half-written in a folder that is kept. */
  async open(): Promise<void> {
    if (this.#given !== undefined) await this.#directory();
  }

  /** Keeps bytes that are already at hand: a copy, unless they are `given`. */
  async putBytes(bytes: Uint8Array, { given = false, naming }: PutOptions = {}): Promise<Blob> {
    if (bytes.length > IN_MEMORY || this.#given !== undefined) return this.put([bytes], { given, naming });
    return this.#keep(bytes, given, naming);
  }

  /** Keeps a stream, never more of it in memory than a chunk and 64 KB. A stream that fails leaves nothing behind. */
  async put(source: ByteSource, { given = false, naming }: PutOptions = {}): Promise<Blob> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
    for (;;) {
      const step = await iterator.next();
      if (step.done === true) break;
      chunks.push(step.value);
      size += step.value.length;
      if (size > IN_MEMORY) return this.#putFile(chunks, iterator, { given, naming });
    }
    const bytes = chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
    return this.#given === undefined
      ? this.#keep(bytes, false, naming)
      : this.#putFile([bytes], [][Symbol.iterator](), { given: false, naming });
  }

  /** Bytes from `start` up to but without `end`. They stay until the stream ends or is left. */
  read(hash: string, start = 0, end = Number.POSITIVE_INFINITY): AsyncIterableIterator<Uint8Array> {
    return this.holding([hash], this.#read(hash, { start, end, lent: false }));
  }

  /** The same for a reader that keeps none of it: each piece is written over when the next is asked for. */
  lend(hash: string, start: number, end: number): AsyncIterableIterator<Uint8Array> {
    return this.holding([hash], this.#read(hash, { start, end, lent: true }));
  }

  async *#read(hash: string, { start, end, lent }: Omit<FileRange, "path">): AsyncGenerator<Uint8Array> {
    const small = this.#small.get(hash);
    if (small !== undefined) {
      if (end > start) yield small.subarray(start, Math.min(end, small.length));
      return;
    }
    if (end <= start) return;
    yield* readAhead({ path: await this.path(hash), start, end, lent });
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

  /** Runs `sweep` each time a good deal of bytes has come in. */
  whenGrown(sweep: () => void): void {
    this.#whenGrown = sweep;
  }

  #grow(size: number): void {
    this.#grown += size;
    if (this.#grown < GROWTH) return;
    this.#grown = 0;
    this.#whenGrown?.();
  }

  /** Keeps blobs through sweeps until the answer is called: for bodies on their way out. */
  hold(hashes: readonly string[]): () => void {
    return this.#held.hold(hashes);
  }

  /** Holds blobs until a stream of them ends, fails or is left, even before its first byte. */
  holding(hashes: readonly string[], stream: AsyncGenerator<Uint8Array>): AsyncIterableIterator<Uint8Array> {
    return this.#held.holding(hashes, stream);
  }

  /** Work that puts or reads blobs begins; the answer ends it. What it saw of rows stays whole until then. */
  begin(): () => void {
    const phase = this.#phase;
    phase.underWay += 1;
    return () => {
      phase.underWay -= 1;
      if (phase.underWay === 0) phase.ended?.();
    };
  }

  /**
   * Removes what no row names, and answers how many. `live` reads all rows at one instant. It is asked twice: what is
   * unnamed then, and still is once all work that may have seen it has ended, nobody can name any more. `kept` resolves
   * when the rows as they then are have reached the disk: what a restart brings back must be whole.
   */
  sweep(live: () => ReadonlySet<string>, kept?: () => Promise<void>): Promise<number> {
    this.#sweeping ??= this.#sweep(live, kept).finally(() => {
      this.#sweeping = undefined;
      this.#putSince = undefined;
    });
    return this.#sweeping;
  }

  async #sweep(live: () => ReadonlySet<string>, kept?: () => Promise<void>): Promise<number> {
    const all = await this.#all();
    const put = (this.#putSince = new Set<string>());
    const before = live();
    const unnamed = all.filter((hash) => !before.has(hash));
    if (unnamed.length === 0 || this.#closed) return 0;
    const earlier = this.#phase;
    this.#phase = { underWay: 0 };
    if (earlier.underWay > 0) await new Promise<void>((resolve) => (earlier.ended = this.#endOfWait = resolve));
    if (this.#closed) return 0;
    const now = live();
    await kept?.();
    let removed = 0;
    for (const hash of unnamed) {
      if (now.has(hash) || put.has(hash) || this.#held.has(hash)) continue;
      removed += 1;
      if (this.#small.delete(hash)) continue;
      const gone = this.path(hash).then((path) => rm(path, { force: true }));
      this.#removing.set(hash, gone);
      await gone.finally(() => this.#removing.delete(hash));
    }
    return removed;
  }

  async #all(): Promise<string[]> {
    const all = [...this.#small.keys()];
    if (this.#root === undefined && this.#given === undefined) return all;
    const root = await this.#directory();
    for (const folder of await readdir(root)) if (folder.length === 2) all.push(...(await readdir(join(root, folder))));
    return all;
  }

  /** Removes these, whoever names them. */
  async remove(hashes: Iterable<string>): Promise<void> {
    for (const hash of hashes) {
      if (!this.#small.delete(hash)) await rm(await this.path(hash), { force: true });
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#endOfWait?.();
    await this.#sweeping?.catch(() => undefined);
    this.#small.clear();
    if (this.#given === undefined && this.#root !== undefined)
      await rm(await this.#root, { recursive: true, force: true });
    this.#root = undefined;
  }

  #keep(bytes: Uint8Array, given: boolean, naming: Naming | undefined): Blob {
    naming?.update(bytes);
    const hash = naming === undefined ? digestOf("sha256", bytes, "hex") : naming.name();
    this.#putSince?.add(hash);
    // A slice would keep the socket's whole buffer alive.
    const isWhole = given && bytes.byteLength === bytes.buffer.byteLength;
    if (!this.#small.has(hash)) this.#small.set(hash, isWhole ? bytes : new Uint8Array(bytes));
    this.#grow(bytes.length);
    return { hash, size: bytes.length };
  }

  async #putFile(
    first: Uint8Array[],
    rest: Iterator<Uint8Array> | AsyncIterator<Uint8Array>,
    { given, naming = contentNaming() }: { readonly given: boolean; readonly naming: Naming | undefined },
  ): Promise<Blob> {
    const root = await this.#directory();
    this.#next += 1;
    const temporary = join(root, `incoming-${process.pid}-${this.#next}`);
    let size = 0;
    const file = await open(temporary, "wx");
    try {
      const batched = new BatchedFile(file, given);
      const write = (chunk: Uint8Array): Promise<void> | undefined => {
        naming.update(chunk);
        size += chunk.length;
        return batched.write(chunk);
      };
      for (const chunk of first.splice(0)) await write(chunk);
      for (let step = await rest.next(); step.done !== true; step = await rest.next()) {
        const full = write(step.value);
        if (full !== undefined) await full;
      }
      await batched.end();
      const digest = naming.name();
      if (this.#given !== undefined) await file.datasync();
      await file.close();
      this.#putSince?.add(digest);
      await this.#removing.get(digest);
      await rename(temporary, await this.#place(root, digest));
      this.#grow(size);
      return { hash: digest, size };
    } catch (error) {
      await file.close().catch(() => undefined);
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async #place(root: string, hash: string): Promise<string> {
    const folder = join(root, hash.slice(0, 2));
    if (!this.#folders.has(folder)) await mkdir(folder, { recursive: true });
    this.#folders.add(folder);
    return join(folder, hash);
  }

  #directory(): Promise<string> {
    this.#root ??= this.#given === undefined ? mkdtemp(join(tmpdir(), "hangar-blobs-")) : cleared(this.#given);
    return this.#root;
  }
}

/** A folder that is kept belongs to one process at a time: what an earlier one left half-written is nobody's. */
async function cleared(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  for (const name of await readdir(directory))
    if (name.startsWith("incoming-")) await rm(join(directory, name), { force: true });
  return directory;
}
