// Lines out of chunks of bytes: never more in memory than a chunk and one line.

import { UnreadableText } from "./unreadable.ts";

const NEWLINE = 10;
const RETURN = 13;
/** An item has 400 KB; as text it may take a few times as much. */
const MAX_LINE = 4 * 1024 * 1024;

export class LineSplitter {
  readonly #blanks: boolean;
  #rest: Uint8Array[] = [];
  #length = 0;

  /** Empty lines are left out unless they may be part of something. */
  constructor(blanks: boolean) {
    this.#blanks = blanks;
  }

  /** The lines that end in this chunk. */
  *take(chunk: Uint8Array): Generator<string> {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, start);
      if (end < 0) break;
      if (this.#blanks || this.#length > 0 || !isBlank(chunk, start, end)) yield this.#line(chunk.subarray(start, end));
      start = end + 1;
    }
    if (start < chunk.length) this.#keep(chunk.subarray(start));
  }

  /** What comes after the last newline. */
  *end(): Generator<string> {
    if (this.#length > 0) yield this.#line(new Uint8Array());
  }

  #keep(bytes: Uint8Array): void {
    this.#length += bytes.length;
    if (this.#length > MAX_LINE) throw new UnreadableText(`A line has more than ${MAX_LINE} bytes.`);
    this.#rest.push(bytes);
  }

  #line(last: Uint8Array): string {
    const whole = this.#length === 0 ? last : Buffer.concat([...this.#rest, last]);
    this.#rest = [];
    this.#length = 0;
    const end = whole.at(-1) === RETURN ? whole.length - 1 : whole.length;
    return Buffer.from(whole.buffer, whole.byteOffset, end).toString();
  }
}

/** Runs of empty lines cost nothing but their bytes. */
function isBlank(chunk: Uint8Array, start: number, end: number): boolean {
  return end === start || (end === start + 1 && chunk[start] === RETURN);
}
