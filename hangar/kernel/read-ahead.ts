// A file read in order: one piece is read while the one before it is used.

import { open } from "node:fs/promises";

/** Each read wakes a thread, which costs as much as decrypting 64 KB. */
const PIECE = 512 * 1024;

export type FileRange = {
  readonly path: string;
  readonly start: number;
  /** Without it. */
  readonly end: number;
  /** Each piece is its reader's only until the next is asked for: it is written over then. */
  readonly lent: boolean;
};

export async function* readAhead({ path, start, end, lent }: FileRange): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  const lentBuffers: Uint8Array[] = [];
  let position = start;
  const readNext = async (): Promise<Uint8Array> => {
    const wanted = Math.min(PIECE, end - position);
    if (wanted <= 0) return new Uint8Array(0);
    const buffer = lentBuffers.pop() ?? Buffer.allocUnsafeSlow(wanted);
    const { bytesRead } = await file.read(buffer, 0, Math.min(wanted, buffer.length), position);
    position += bytesRead;
    return buffer.subarray(0, bytesRead);
  };
  let next = readNext();
  try {
    for (let piece = await next; piece.length > 0; piece = await next) {
      next = readNext();
      // Whoever waits for it is told.
      next.catch(() => undefined);
      yield piece;
      if (lent) lentBuffers.push(piece);
    }
  } finally {
    await next.catch(() => undefined);
    await file.close();
  }
}
