// Archives that are made to harm: nothing is written outside the directory, nothing larger than was said.

import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, readlink, realpath, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { strToU8, zipSync, type ZippableFile } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Blobs } from "../../../kernel/blobs.ts";
import { CodeDirectories } from "./code-directory.ts";
import { removeLeftBehind } from "./left-behind.ts";
import { archiveOf, zipEntries, zipEntryBytes } from "./zip.ts";

let blobs: Blobs;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hangar-zips-"));
  blobs = new Blobs(folder);
});

afterAll(async () => {
  await blobs.close();
  await rm(folder, { recursive: true });
});

const link = (target: string): ZippableFile => [strToU8(target), { os: 3, attrs: (0o120777 << 16) >>> 0 }];

async function unpacked(...archives: readonly Uint8Array[]): Promise<{ directories: CodeDirectories; path: string }> {
  const directories = new CodeDirectories();
  const hashes = await Promise.all(archives.map(async (archive) => (await blobs.putBytes(archive)).hash));
  try {
    return { directories, path: await directories.of(blobs, hashes) };
  } catch (error) {
    await directories.close();
    throw error;
  }
}

test.each(["../outside", "/etc", "a/../../outside", "deep/../..", "/optional", "/var/tasks"])(
  "a link to %s is refused",
  async (target) => {
    await expect(unpacked(zipSync({ link: link(target) }))).rejects.toMatchObject({ code: "InvalidZipFileException" });
  },
);

test("links inside, and to Lambda's own paths, lead where they do in Lambda", async () => {
  const archive = zipSync({
    "lib/real": strToU8("text"),
    "bin/inside": link("../lib/real"),
    "bin/opt": link("/opt/lib/real"),
  });
  const { directories, path } = await unpacked(archive);
  expect(await readFile(join(path, "bin/inside"), "utf8")).toBe("text");
  expect(await readlink(join(path, "bin/opt"))).toBe("../lib/real");
  await directories.close();
});

test("nothing is written through a link, in the same archive or a later one", async () => {
  // Taken by its text, the second link stays inside; followed through the first, it leads above the root.
  const sly = {
    "deep/er/up": link("../.."),
    out: link("deep/er/up/.."),
    "out/evil": strToU8("x"),
  };
  const { directories, path } = await unpacked(
    zipSync(sly),
    zipSync({ "out/evil": strToU8("y"), "deep/er/up": strToU8("z") }),
  );
  expect(await readdir(dirname(path))).not.toContain("evil");
  expect(await readFile(join(path, "out/evil"), "utf8")).toBe("y");
  expect(await readFile(join(path, "deep/er/up"), "utf8")).toBe("z");
  await directories.close();
});

test("an entry that unpacks to more than it declares is refused", async () => {
  const bomb = zipSync({ zeros: new Uint8Array(1024 * 1024) });
  const view = Buffer.from(bomb.buffer, bomb.byteOffset, bomb.byteLength);
  const directory = view.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  view.writeUInt32LE(10, directory + 24);
  const archive = archiveOf(bomb);
  const [entry] = await zipEntries(archive);
  expect(entry?.size).toBe(10);
  await expect(async () => entry && zipEntryBytes(archive, entry)).rejects.toThrow();
  await expect(unpacked(bomb)).rejects.toMatchObject({ code: "InvalidZipFileException" });
});

test("entries that are not compressed may not be said to be smaller than they are", async () => {
  // Many of them could name the same bytes, and be counted as nothing.
  const bomb = zipSync({ stored: [new Uint8Array(100_000), { level: 0 }] });
  const view = Buffer.from(bomb.buffer, bomb.byteOffset, bomb.byteLength);
  view.writeUInt32LE(0, view.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 24);
  await expect(unpacked(bomb)).rejects.toMatchObject({ code: "InvalidZipFileException" });
});

test("a link leads where its text says, not where another link would take it", async () => {
  const { directories, path } = await unpacked(zipSync({ "deep/er/up": link("../.."), out: link("deep/er/up/..") }));
  expect(await realpath(join(path, "out"))).toBe(await realpath(join(path, "deep/er")));
  await directories.close();
});

test("of two entries of one name the last counts; names that no disk takes are the archive's fault", async () => {
  const twice = zipSync({ a: strToU8("first"), b: strToU8("last") });
  const view = Buffer.from(twice.buffer, twice.byteOffset, twice.byteLength);
  const second = view.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  view.write("a", second + 46);
  const { directories, path } = await unpacked(twice);
  expect(await readFile(join(path, "a"), "utf8")).toBe("last");
  await directories.close();
  const long = zipSync({ ["x".repeat(300)]: strToU8("x") });
  await expect(unpacked(long)).rejects.toMatchObject({ code: "InvalidZipFileException" });
});

test("directories of dead processes are removed once they are old", async () => {
  const place = await mkdtemp(join(folder, "place-"));
  const ended = spawnSync(process.execPath, ["-e", "0"]).pid;
  const names = [
    `hangar-lambda-${ended}-old`,
    `hangar-lambda-${ended}-new`,
    `hangar-lambda-${process.pid}-old`,
    "other",
  ];
  for (const name of names) await mkdir(join(place, name));
  const long = new Date(Date.now() - 2 * 60 * 60 * 1000);
  for (const name of names) if (!name.endsWith("new")) await utimes(join(place, name), long, long);
  await removeLeftBehind(place);
  expect(new Set(await readdir(place))).toEqual(new Set(names.slice(1)));
});

test("a directory is named by its content and made once, and files keep whether they can be run", async () => {
  const archive = zipSync({
    "bin/run": [strToU8("#!/bin/sh"), { os: 3, attrs: (0o100755 << 16) >>> 0 }],
    empty: strToU8(""),
  });
  const { directories, path } = await unpacked(archive);
  expect(await directories.of(blobs, [(await blobs.putBytes(archive)).hash])).toBe(path);
  expect((await readdir(path)).toSorted((a, b) => a.localeCompare(b))).toEqual(["bin", "empty"]);
  await directories.close();
});
