// The MD5 of long bodies, digested in threads while the rest goes on.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runningMd5 } from "./md5.ts";

const LONG = 16 * 1024 * 1024;

function patterned(size: number, seed: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at + 4 <= size; at += 4) bytes.writeUInt32LE((at * 2_654_435_761 + seed) >>> 0, at);
  return bytes;
}

async function digestOf(bytes: Uint8Array, sizes: readonly number[], length: number | undefined): Promise<string> {
  const md5 = runningMd5(length);
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    const full = md5.update(bytes.subarray(at, at + size));
    if (full !== undefined) await full;
    at += size;
  }
  return md5.digest();
}

const plain = (bytes: Uint8Array): string => createHash("md5").update(bytes).digest("hex");

test("whatever the sizes of its chunks, a long body's digest is the one of its bytes", async () => {
  const bytes = patterned(3_000_001, 1);
  const sizes = fc.array(fc.integer({ min: 1000, max: 400_000 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(sizes, async (each) => {
      expect(await digestOf(bytes, each, LONG)).toBe(plain(bytes));
    }),
    { numRuns: 20 },
  );
});

test("bodies at the same time do not mix, with more of them than threads", async () => {
  const bodies = [1, 2, 3, 4, 5].map((seed) => patterned(5_000_000, seed));
  const digests = await Promise.all(bodies.map((bytes) => digestOf(bytes, [65_536, 100_000], LONG)));
  expect(digests).toEqual(bodies.map(plain));
});

test("a body that broke off leaves nothing to the next, and no thread behind", async () => {
  for (let turn = 0; turn < 20; turn += 1) {
    const left = runningMd5(LONG);
    await left.update(patterned(3_000_000, turn));
    left.leave();
  }
  const bytes = patterned(4_500_000, 9);
  expect(await digestOf(bytes, [70_000], LONG)).toBe(plain(bytes));
});

test("chunks are copied: who gave one may write over it", async () => {
  const md5 = runningMd5(LONG);
  const chunk = Buffer.alloc(65_536, 1);
  await md5.update(chunk);
  chunk.fill(2);
  expect(await md5.digest()).toBe(plain(Buffer.alloc(65_536, 1)));
});

test("an empty body has a digest, too", async () => {
  expect(await digestOf(new Uint8Array(0), [1], LONG)).toBe("d41d8cd98f00b204e9800998ecf8427e");
  expect(await digestOf(new Uint8Array(0), [1], undefined)).toBe("d41d8cd98f00b204e9800998ecf8427e");
});

test("a process stays for the digest it waits for, and ends when it has it", async () => {
  const program = `
    const { runningMd5 } = await import(${JSON.stringify(new URL("./md5.ts", import.meta.url).href)});
    const md5 = runningMd5(${LONG});
    await md5.update(Buffer.alloc(1_000_000));
    console.log(await md5.digest());`;
  const node = ["--input-type=module", "-e", program];
  const { stdout } = await promisify(execFile)(process.execPath, node, { timeout: 60_000 });
  expect(stdout.trim()).toBe(plain(Buffer.alloc(1_000_000)));
});
