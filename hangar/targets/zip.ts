// Folders as zip archives, the way the CDK packs assets: every file, links followed, modes kept, fixed dates.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { zipSync, type Zippable } from "fflate";

/** The same for the same content, on every machine. */
const DATE = "1980-01-02T00:00:00Z";

export function zipFolder(directory: string): Uint8Array {
  const files: Zippable = {};
  const add = (folder: string, prefix: string): void => {
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      const facts = statSync(path);
      if (facts.isDirectory()) add(path, `${prefix}${name}/`);
      else files[`${prefix}${name}`] = [readFileSync(path), { mtime: DATE, os: 3, attrs: (facts.mode & 0xffff) << 16 }];
    }
  };
  add(directory, "");
  return zipSync(files, { level: 1 });
}
