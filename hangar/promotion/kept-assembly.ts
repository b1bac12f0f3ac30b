// A copy of each assembly that is promoted: what is deployed from is touched by nobody, and there is something to go back to.

import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { assemblyHash } from "./assembly-hash.ts";

export function keptFolder(project: string, hash: string): string {
  return join(project, ".hangar", "assemblies", hash);
}

/** Answers the copy. Throws an Error where an asset lies outside of the folder, or the copy is no longer what it was. */
export function keepAssembly(project: string, folder: string, hash: string): string {
  const kept = keptFolder(project, hash);
  if (!existsSync(kept)) {
    const half = `${kept}.new`;
    rmSync(half, { recursive: true, force: true });
    mkdirSync(dirname(half), { recursive: true });
    // The CDK CLI's own zips of assets; it makes them again.
    cpSync(folder, half, { recursive: true, filter: (path) => basename(path) !== ".cache" });
    renameSync(half, kept);
  }
  sameHash(kept, hash);
  return kept;
}

/** Throws an Error when the folder is not, or no longer, that assembly. */
export function sameHash(folder: string, hash: string): void {
  let now: string;
  try {
    now = assemblyHash(folder);
  } catch (error) {
    throw new Error(
      `${folder} is not a whole assembly: ${(error as Error).message}. Synthesise without --no-staging, so that its assets lie in it.`,
    );
  }
  if (now !== hash)
    throw new Error(`${folder} was changed: it has the hash ${now}, not ${hash}. Delete it and promote again.`);
}
