// Archives of folders: read back by another program's eyes.

import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, expect, test } from "vitest";
import { zipFolder } from "./zip.ts";

const folder = mkdtempSync(join(tmpdir(), "hangar-zip-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("an archive has every file below the folder, links followed, and is the same each time", () => {
  const large = "nebula ".repeat(50_000);
  mkdirSync(join(folder, "lib", "deep"), { recursive: true });
  writeFileSync(join(folder, "index.js"), large);
  writeFileSync(join(folder, "lib", "deep", "größe.txt"), "ü");
  writeFileSync(join(folder, "lib", "empty"), "");
  symlinkSync("index.js", join(folder, "link.js"));
  const bytes = zipFolder(folder);
  const text = Object.entries(unzipSync(bytes)).map(([name, content]) => [name, Buffer.from(content).toString()]);
  expect(Object.fromEntries(text)).toEqual({
    "index.js": large,
    "lib/deep/größe.txt": "ü",
    "lib/empty": "",
    "link.js": large,
  });
  expect(bytes.length).toBeLessThan(10_000);
  expect(zipFolder(folder)).toEqual(bytes);
});

test("a file's mode is in the archive's directory, so a program stays executable", () => {
  writeFileSync(join(folder, "index.js"), "");
  chmodSync(join(folder, "index.js"), 0o755);
  const bytes = Buffer.from(zipFolder(folder));
  const entry = bytes.indexOf("PK\x01\x02");
  expect(bytes.readUInt32LE(entry + 38) >>> 16).toBe(0o100755);
});
