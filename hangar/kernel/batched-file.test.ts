// Batches reach the file whole and in order, however little of one the system takes at a time.

import fc from "fast-check";
import type { FileHandle } from "node:fs/promises";
import { expect, test } from "vitest";
import { BatchedFile } from "./batched-file.ts";

/** A disk that takes only so many bytes a call, after the time it takes others to run. */
function disk(most: number): { readonly file: FileHandle; readonly written: Buffer[] } {
  const written: Buffer[] = [];
  let busy = false;
  const writev = async (chunks: readonly Uint8Array[]): Promise<{ bytesWritten: number }> => {
    expect(busy).toBe(false);
    busy = true;
    await Promise.resolve();
    const taken = Buffer.concat(chunks).subarray(0, most);
    written.push(Buffer.from(taken));
    busy = false;
    return { bytesWritten: taken.length };
  };
  return { file: { writev } as unknown as FileHandle, written };
}

test("what is written is what was given", async () => {
  const chunk = fc.integer({ min: 0, max: 300_000 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(chunk, { maxLength: 8 }),
      fc.integer({ min: 1000, max: 700_000 }),
      async (sizes, most) => {
        const { file, written } = disk(most);
        const batched = new BatchedFile(file, false);
        const chunks = sizes.map((size, index) => Buffer.alloc(size, index + 1));
        for (const each of chunks) await batched.write(each);
        await batched.end();
        expect(Buffer.concat(written).equals(Buffer.concat(chunks))).toBe(true);
      },
    ),
    { numRuns: 50 },
  );
});

test("a disk that fails fails the writer", async () => {
  const writev = () => Promise.reject(new Error("ENOSPC"));
  const batched = new BatchedFile({ writev } as unknown as FileHandle, false);
  await batched.write(Buffer.alloc(300_000));
  await expect(batched.end()).rejects.toThrow("ENOSPC");
});

test("what is given is freed when it is written, slices of something larger are not", async () => {
  const { file, written } = disk(1000);
  const batched = new BatchedFile(file, true);
  const whole = Buffer.alloc(300_000, 1);
  const slice = Buffer.alloc(300_000, 2).subarray(1);
  await batched.write(whole);
  await batched.write(slice);
  await batched.end();
  expect(Buffer.concat(written)).toHaveLength(599_999);
  expect([whole.length, slice.length]).toEqual([0, 299_999]);
});
