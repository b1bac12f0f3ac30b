// An append-only file of table writes with group commit: what was acknowledged survives kill -9.

import { createReadStream } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { createInterface } from "node:readline";
import { decodeRow, encodeRow } from "./row-json.ts";

/** A write of one row; `row` undefined is a delete. */
export type JournalEntry = { readonly table: string; readonly key: string; readonly row: unknown };

export class Journal {
  readonly #file: FileHandle;
  #pending: string[] = [];
  #flushing: Promise<void> | undefined;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async open(path: string): Promise<Journal> {
    return new Journal(await open(path, "a"));
  }

  append(table: string, key: string, row: unknown): void {
    this.#pending.push(`${JSON.stringify([table, key])}\t${row === undefined ? "" : encodeRow(row)}\n`);
  }

  get dirty(): boolean {
    return this.#pending.length > 0 || this.#flushing !== undefined;
  }

  /** Resolves when everything appended so far is on disk; writers that wait together share one fsync. */
  async flushed(): Promise<void> {
    while (this.#flushing !== undefined && this.#pending.length > 0) await this.#flushing;
    this.#flushing ??= this.#flush();
    await this.#flushing;
    if (this.#pending.length > 0) await this.flushed();
  }

  async close(): Promise<void> {
    if (this.dirty) await this.flushed();
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    try {
      const text = this.#pending.join("");
      this.#pending = [];
      if (text !== "") await this.#file.appendFile(text);
      await this.#file.datasync();
    } finally {
      this.#flushing = undefined;
    }
  }
}

/** Reads a journal back in order. A torn last line (power cut mid-write) was never acknowledged and is left out. */
export async function* replay(path: string): AsyncGenerator<JournalEntry> {
  const stream = createReadStream(path, "utf8");
  let torn: string | undefined;
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (torn !== undefined) throw new Error(`Journal ${path} is damaged at: ${torn.slice(0, 80)}`);
    const entry = parseLine(line);
    if (entry === undefined) torn = line;
    else yield entry;
  }
}

function parseLine(line: string): JournalEntry | undefined {
  const tab = line.indexOf("\t");
  if (tab < 0) return undefined;
  try {
    const [table, key] = JSON.parse(line.slice(0, tab)) as [string, string];
    const row = line.slice(tab + 1);
    return { table, key, row: row === "" ? undefined : decodeRow(row) };
  } catch {
    return undefined;
  }
}
