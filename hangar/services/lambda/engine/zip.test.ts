// Archives that would land outside their directory are refused.

import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { archiveOf, InvalidZip, zipEntries, zipEntryBytes } from "./zip.ts";

test.each(["../x", "/etc/passwd", "a/../../x", "C:\\x", "..\\x"])("%s", async (name) => {
  await expect(zipEntries(archiveOf(zipSync({ [name]: strToU8("x") })))).rejects.toThrow(InvalidZip);
});

test("names, modes and bytes are read", async () => {
  const archive = archiveOf(
    zipSync({
      "dir/run": [strToU8("hello ".repeat(100)), { os: 3, attrs: (0o100755 << 16) >>> 0 }],
      stored: [strToU8("plain"), { level: 0 }],
    }),
  );
  const entries = await zipEntries(archive);
  expect(entries.map((entry) => [entry.name, entry.mode & 0o777])).toEqual([
    ["dir/run", 0o755],
    ["stored", 0],
  ]);
  const texts = await Promise.all(
    entries.map(async (entry) => Buffer.from(await zipEntryBytes(archive, entry)).toString()),
  );
  expect(texts).toEqual(["hello ".repeat(100), "plain"]);
});

test("bytes that are no archive", async () => {
  await expect(zipEntries(archiveOf(strToU8("no archive")))).rejects.toThrow(InvalidZip);
});
