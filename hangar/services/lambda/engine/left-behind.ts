// Directories of clouds that were killed before they could remove them.

import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** Another container may share the folder: what looks dead from here may live there. */
const OLD = 60 * 60 * 1000;
const NAME = /^hangar-lambda-(\d+)-/;

/** The start of a directory's name; the system adds letters. */
export function directoryPrefix(): string {
  return `hangar-lambda-${process.pid}-`;
}

export async function removeLeftBehind(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = NAME.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      const path = join(folder, name);
      if (Date.now() - (await stat(path)).mtimeMs > OLD) await rm(path, { recursive: true, force: true });
    } catch {
      // Somebody else's, or somebody else was faster.
    }
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
