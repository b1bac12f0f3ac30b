// A range of a file is read whole and in order, whether its pieces are kept or lent.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readAhead } from "./read-ahead.ts";

const SIZE = 1_700_000;
const content = Buffer.from(Uint32Array.from({ length: SIZE / 4 }, (_, index) => index).buffer);
let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hangar-read-"));
  path = join(folder, "file");
  await writeFile(path, content);
});
afterAll(() => rm(folder, { recursive: true }));

const RANGES = [
  [0, Number.POSITIVE_INFINITY],
  [0, 1],
  [1, 1_600_001],
  [524_288, 1_048_576],
  [SIZE - 3, SIZE + 100],
  [SIZE, SIZE + 1],
] as const;

test.each(RANGES)("from %d to %d", async (start, end) => {
  for (const lent of [false, true]) {
    const pieces: Buffer[] = [];
    for await (const piece of readAhead({ path, start, end, lent }))
      pieces.push(lent ? Buffer.from(piece) : (piece as Buffer));
    expect(Buffer.concat(pieces).equals(content.subarray(start, end))).toBe(true);
  }
});

test("a lent piece is used again, one that is kept is not", async () => {
  const buffersOf = async (lent: boolean): Promise<number> => {
    const buffers = new Set<ArrayBufferLike>();
    for await (const { buffer } of readAhead({ path, start: 0, end: SIZE, lent })) buffers.add(buffer);
    return buffers.size;
  };
  expect([await buffersOf(true), await buffersOf(false)]).toEqual([2, 4]);
});

test("a reader that leaves closes the file; one of a file that is not there is told", async () => {
  const reading = readAhead({ path, start: 0, end: SIZE, lent: true });
  await reading.next();
  await reading.return(undefined);
  expect(await reading.next()).toEqual({ done: true, value: undefined });
  await expect(readAhead({ path: join(folder, "none"), start: 0, end: 1, lent: true }).next()).rejects.toThrow(
    "ENOENT",
  );
});
