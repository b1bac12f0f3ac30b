// A file's lines as bytes, split at newlines alone: rows may hold any other separator that Unicode has.

import { createReadStream } from "node:fs";

const NEWLINE = 0x0a;

/** Lines with their newline; the last may lack it. No file: none. */
export async function* linesOf(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
      const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = data.indexOf(NEWLINE); end >= 0; end = data.indexOf(NEWLINE, start)) {
        yield data.subarray(start, end + 1);
        start = end + 1;
      }
      rest = data.subarray(start);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  if (rest.length > 0) yield rest;
}
