// Bodies are found again by what they hold, streamed in and out, and nothing half-written is ever seen.

import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { Blobs } from "./blobs.ts";

const folders: string[] = [];
const open: Blobs[] = [];
afterEach(async () => {
  for (const blobs of open.splice(0)) await blobs.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "hangar-blobs-test-"));
  folders.push(made);
  return made;
}

function store(directory?: string): Blobs {
  const blobs = new Blobs(directory);
  open.push(blobs);
  return blobs;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function read(blobs: Blobs, hash: string, start?: number, end?: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of blobs.read(hash, start, end)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe.each([
  ["kept in a folder", true],
  ["of this process alone", false],
])("blobs %s", (_name, kept) => {
  const made = async (): Promise<Blobs> => store(kept ? await folder() : undefined);

  test.each([0, 1, 65_535, 65_536, 65_537, 300_000])("%d bytes come back whole and in part", async (size) => {
    const blobs = await made();
    const bytes = randomBytes(size);
    const blob = await blobs.put(inChunks(bytes, 10_000));
    expect(blob).toEqual({ hash: sha256(bytes), size });
    expect(await blobs.putBytes(bytes)).toEqual(blob);
    expect(await read(blobs, blob.hash)).toEqual(bytes);
    expect(Buffer.from(await blobs.bytes(blob.hash))).toEqual(bytes);
    expect(await read(blobs, blob.hash, 1, 3)).toEqual(bytes.subarray(1, 3));
    expect(await read(blobs, blob.hash, 2, 2)).toEqual(Buffer.alloc(0));
    expect(await read(blobs, blob.hash, Math.max(0, size - 2))).toEqual(bytes.subarray(-2));
    expect(await blobs.has(blob.hash)).toBe(true);
  });

  test("a body that breaks off leaves nothing behind", async () => {
    const blobs = await made();
    const source = async function* (): AsyncGenerator<Uint8Array> {
      yield randomBytes(100_000);
      throw new Error("hung up");
    };
    await expect(blobs.put(source())).rejects.toThrow("hung up");
    const root = dirname(dirname(await blobs.path("00")));
    expect(existsSync(root) ? await readdir(root) : []).toEqual([]);
  });

  test("bytes that the caller changes afterwards do not change the blob", async () => {
    const blobs = await made();
    const bytes = Buffer.from("before");
    const { hash } = await blobs.putBytes(bytes);
    bytes.fill("x");
    expect((await read(blobs, hash)).toString()).toBe("before");
  });

  test("the same bytes put at the same time are one blob", async () => {
    const blobs = await made();
    const bytes = randomBytes(200_000);
    const all = await Promise.all(Array.from({ length: 8 }, () => blobs.put(inChunks(bytes, 7000))));
    expect(new Set(all.map(({ hash }) => hash)).size).toBe(1);
    expect(await read(blobs, sha256(bytes))).toEqual(bytes);
  });
});

test("blobs of a folder are there for the next process, and what a killed one left half-written is cleared away", async () => {
  const directory = await folder();
  const { hash } = await store(directory).putBytes(Buffer.from("kept"));
  await writeFile(join(directory, `incoming-${process.pid}-1`), "half");
  const next = store(directory);
  expect((await read(next, hash)).toString()).toBe("kept");
  await next.put([randomBytes(100_000)]);
  expect((await readdir(directory)).filter((name) => name.startsWith("incoming"))).toEqual([]);
});

test("without a folder of its own nothing is left on disk after close", async () => {
  const blobs = store();
  const { hash } = await blobs.putBytes(randomBytes(100_000));
  const path = await blobs.path(hash);
  expect(existsSync(path)).toBe(true);
  await blobs.close();
  expect(existsSync(path)).toBe(false);
});
