// Cuts bytes into records: delimited ones, and JSON values that stand one after another. Neither holds more than one record.

import { isUtf8 } from "node:buffer";
import { fault, invalidText } from "../../rules/select/faults.ts";

type Source = AsyncIterable<Uint8Array>;

/** AWS's maxCharsPerRecord. */
export const LONGEST_RECORD = 1_048_576;
/** A JSON document is a record of no delimiter; a string longer than this cannot be had. */
const LONGEST_DOCUMENT = 256 * LONGEST_RECORD;

function textOf(bytes: Buffer, before: number): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  let good = 0;
  for (let bad = bytes.length; bad - good > 1;) {
    const middle = (good + bad) >> 1;
    // A character cut in the middle is no error yet.
    const whole = [0, 1, 2, 3].some((cut) => isUtf8(bytes.subarray(0, Math.max(middle - cut, 0))));
    if (whole) good = middle;
    else bad = middle;
  }
  throw invalidText(before + good);
}

/** Records without their delimiter, as many at a time as a chunk has. */
export async function* delimited(source: Source, delimiter: string): AsyncGenerator<readonly string[]> {
  const mark = Buffer.from(delimiter);
  let rest = Buffer.alloc(0);
  let before = 0;
  for await (const chunk of source) {
    const bytes = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    const last = bytes.lastIndexOf(mark);
    if (last === -1) rest = bytes;
    else {
      yield textOf(bytes.subarray(0, last), before).split(delimiter);
      before += last + mark.length;
      rest = bytes.subarray(last + mark.length);
    }
    if (rest.length > LONGEST_RECORD) throw fault("OverMaxRecordSize");
  }
  if (rest.length > 0) yield [textOf(rest, before)];
}

/** The bytes of the records that begin within a range: `from` is where the source begins, both ends count. */
export async function* beginningWithin(
  source: Source,
  delimiter: string,
  { from, start, end }: { readonly from: number; readonly start: number; readonly end: number },
): AsyncGenerator<Uint8Array> {
  const mark = Buffer.from(delimiter);
  let position = from;
  let rest = Buffer.alloc(0);
  let begun = start === 0;
  for await (const chunk of source) {
    let bytes = Buffer.concat([rest, chunk]);
    if (!begun) {
      const found = bytes.indexOf(mark);
      const cut = found === -1 ? Math.max(bytes.length - mark.length + 1, 0) : found + mark.length;
      begun = found !== -1;
      bytes = bytes.subarray(cut);
      position += cut;
      if (begun && position > end) return;
    }
    rest = bytes;
    if (!begun) continue;
    const found = bytes.indexOf(mark, Math.max(end + 1 - mark.length - position, 0));
    if (found !== -1) {
      yield bytes.subarray(0, found + mark.length);
      return;
    }
    const keep = Math.max(bytes.length - mark.length + 1, 0);
    yield bytes.subarray(0, keep);
    position += keep;
    rest = bytes.subarray(keep);
  }
  if (begun) yield rest;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const OPENS = new Set([0x7b, 0x5b]);
const CLOSES = new Set([0x7d, 0x5d]);
const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** Where JSON values end, byte by byte. */
class DocumentScanner {
  #depth = 0;
  #quoted = false;
  #escaped = false;
  #begun = false;

  /** The position after the value that ends here, or -1. */
  next(bytes: Buffer, from: number): number {
    for (let at = from; at < bytes.length; at += 1) {
      if (this.#ends(bytes[at] as number)) {
        this.#begun = false;
        return at + 1;
      }
    }
    return -1;
  }

  #ends(byte: number): boolean {
    if (this.#quoted) return this.#inString(byte);
    if (isSpace(byte)) return this.#begun && this.#depth === 0;
    if (!this.#begun && byte === COMMA) throw fault("JSONParsingError");
    this.#begun = true;
    if (byte === QUOTE) this.#quoted = true;
    else if (OPENS.has(byte)) this.#depth += 1;
    else if (CLOSES.has(byte)) {
      this.#depth -= 1;
      return this.#depth <= 0;
    }
    return false;
  }

  #inString(byte: number): boolean {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) {
      this.#quoted = false;
      return this.#depth === 0;
    }
    return false;
  }
}

/** The texts of JSON values that stand one after another, over as many lines as they like. */
export async function* documents(source: Source): AsyncGenerator<readonly string[]> {
  const scanner = new DocumentScanner();
  let pieces: Buffer[] = [];
  let [size, before] = [0, 0];
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk);
    const found: string[] = [];
    let at = 0;
    for (let end = scanner.next(bytes, 0); end !== -1; end = scanner.next(bytes, end)) {
      const text = textOf(Buffer.concat([...pieces, bytes.subarray(at, end)]), before);
      found.push(text);
      before += size + end - at;
      [pieces, size, at] = [[], 0, end];
    }
    pieces.push(bytes.subarray(at));
    size += bytes.length - at;
    if (size > LONGEST_DOCUMENT) throw fault("OverMaxRecordSize");
    if (found.length > 0) yield found;
  }
  yield [textOf(Buffer.concat(pieces), before)];
}
