// An append-only file of table writes in checked groups: what was acknowledged survives kill -9, a torn end is left out.

import { open, rename, rm, truncate, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import { isFullDisk } from "./full-disk.ts";
import { linesOf } from "./lines.ts";
import { decodeRow, encodeRow } from "./row-json.ts";

/** A write of one row; `row` undefined is a delete. */
export type JournalEntry = { readonly table: string; readonly key: string; readonly row: unknown };

/** What `recover` found: `entries` were applied; `torn` bytes at the end were written when the process died, and cut off. */
export type Recovery = { readonly entries: number; readonly torn: number };

const NEWLINE = 0x0a;
/** Host milliseconds after which writes that no caller waits for (work in the background) go to disk. */
const LATEST = 50;

/** A group is its lines and a last one, `=<count> <crc32>`: it counts whole or not at all. */
function group(lines: readonly string[]): string {
  const text = lines.join("");
  return `${text}=${lines.length} ${crc32(text).toString(16)}\n`;
}

function lineOf({ table, key, row }: JournalEntry): string {
  return `${JSON.stringify([table, key])}\t${row === undefined ? "" : encodeRow(row)}\n`;
}

export class Journal {
  readonly #path: string;
  #file: FileHandle;
  #size: number;
  #pending: string[] = [];
  #appended = 0;
  #durable = 0;
  #flushing: Promise<void> | undefined;
  #failure: unknown;
  #timer: NodeJS.Timeout | undefined;
  #makeRoom: (error: Error) => Promise<boolean> = () => Promise.resolve(false);

  private constructor(path: string, file: FileHandle, size: number) {
    this.#path = path;
    this.#file = file;
    this.#size = size;
  }

  /** `recover` first: what is appended after a torn line would be lost with it. */
  static async open(path: string): Promise<Journal> {
    const file = await open(path, "a");
    return new Journal(path, file, (await file.stat()).size);
  }

  /** Puts a journal of these entries in the place of the present one, whole or not at all. */
  static async rewrite(path: string, entries: Iterable<JournalEntry>): Promise<void> {
    const file = await open(`${path}.next`, "w");
    try {
      const lines: string[] = [];
      for (const entry of entries) {
        lines.push(lineOf(entry));
        if (lines.length === 1000) await file.appendFile(group(lines.splice(0)));
      }
      if (lines.length > 0) await file.appendFile(group(lines));
      await file.datasync();
    } catch (error) {
      await rm(`${path}.next`, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    await rename(`${path}.next`, path);
    await syncFolder(dirname(path));
  }

  /** Told that the disk is full; answers whether it is worth another try. */
  whenFull(makeRoom: (error: Error) => Promise<boolean>): void {
    this.#makeRoom = makeRoom;
  }

  append(table: string, key: string, row: unknown): void {
    this.#pending.push(lineOf({ table, key, row }));
    this.#appended += 1;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // A disk that fails is told to the next caller who waits.
      this.flushed().catch(() => undefined);
    }, LATEST).unref();
  }

  /** Bytes on disk. */
  get size(): number {
    return this.#size;
  }

  /** Forgets what was overwritten and deleted: `present` gives all rows as they are when it is called. Writers wait meanwhile. */
  async compact(present: () => Iterable<JournalEntry>): Promise<void> {
    while (this.#flushing !== undefined) await this.#flushing;
    this.#flushing = this.#replace(present());
    await this.#flushing;
  }

  get dirty(): boolean {
    return this.#durable < this.#appended;
  }

  /** How many writes it was given. */
  get appended(): number {
    return this.#appended;
  }

  /** Resolves when everything appended so far is on disk; callers that wait together share one sync. On a full disk it fails, and is tried again when next asked for; once it failed otherwise it fails for ever: the file's end is unknown. */
  async flushed(): Promise<void> {
    const wanted = this.#appended;
    while (this.#durable < wanted) {
      if (this.#failure !== undefined) throw this.#failure;
      this.#flushing ??= this.#flush();
      await this.#flushing;
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      await this.flushed();
    } finally {
      await this.#file.close();
    }
  }

  async #replace(entries: Iterable<JournalEntry>): Promise<void> {
    // What waits to be written is among the rows already.
    const lines = this.#pending.splice(0);
    try {
      await Journal.rewrite(this.#path, entries);
      const file = await open(this.#path, "a");
      await this.#file.close();
      this.#file = file;
      this.#size = (await file.stat()).size;
      this.#durable += lines.length;
    } catch (error) {
      await this.#takeBack(lines, error);
      throw error;
    } finally {
      this.#flushing = undefined;
    }
  }

  async #flush(): Promise<void> {
    const lines = this.#pending.splice(0);
    try {
      const text = group(lines);
      await this.#write(text).catch(async (error: unknown) => {
        if (!isFullDisk(error) || !(await this.#makeRoom(error))) throw error;
        await this.#file.truncate(this.#size);
        await this.#write(text);
      });
      this.#size += Buffer.byteLength(text);
      this.#durable += lines.length;
    } catch (error) {
      await this.#takeBack(lines, error);
      throw error;
    } finally {
      this.#flushing = undefined;
    }
  }

  async #write(text: string): Promise<void> {
    await this.#file.appendFile(text);
    await this.#file.datasync();
  }

  /** What a full disk did not take is offered again: the file ends where it did. */
  async #takeBack(lines: readonly string[], error: unknown): Promise<void> {
    try {
      if (!isFullDisk(error)) throw error;
      await this.#file.truncate(this.#size);
      this.#pending = [...lines, ...this.#pending];
    } catch {
      this.#failure = error;
    }
  }
}

/** Gives every entry in order and cuts off a torn end; throws when what was once whole no longer is. No file: nothing. */
export async function recover(path: string, apply: (entry: JournalEntry) => void): Promise<Recovery> {
  let entries = 0;
  let whole = 0;
  let at = 0;
  let lines: Buffer[] = [];
  for await (const line of linesOf(path)) {
    at += line.length;
    if (line[0] !== 0x3d || line.at(-1) !== NEWLINE) {
      lines.push(line);
      continue;
    }
    const found = entriesOf(lines, line.toString());
    if (found === undefined)
      throw new Error(`The journal ${path} is damaged between bytes ${whole} and ${at}: its checksum does not hold.`);
    for (const entry of found) apply(entry);
    entries += found.length;
    whole = at;
    lines = [];
  }
  if (at > whole) await truncate(path, whole);
  return { entries, torn: at - whole };
}

function entriesOf(lines: readonly Buffer[], end: string): readonly JournalEntry[] | undefined {
  const [, count, check] = /^=(\d+) ([0-9a-f]+)\n$/.exec(end) ?? [];
  if (Number(count) !== lines.length || crc32(Buffer.concat(lines)).toString(16) !== check) return undefined;
  return lines.map((line) => {
    const text = line.toString();
    const tab = text.indexOf("\t");
    const [table, key] = JSON.parse(text.slice(0, tab)) as [string, string];
    const row = text.slice(tab + 1, -1);
    return { table, key, row: row === "" ? undefined : decodeRow(row) };
  });
}

/** A rename is durable when its folder is. Windows cannot sync folders and need not. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
