// The world of a failed test, kept as a snapshot below `.hangar/failed/`, and how to look at it.

import { rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { readableName } from "../kernel/readable-name.ts";
import type { TestCloud } from "./world.ts";

export function failedFolder(root: string, names: readonly string[]): string {
  return join(root, ".hangar", "failed", readableName(names));
}

/** Time stands still in what is kept. Answers what the failure says of it. */
export async function keepFailedWorld(cloud: TestCloud, folder: string): Promise<string> {
  const place = relative(process.cwd(), folder) || folder;
  try {
    await cloud.snapshot(folder, { held: true });
    writeFileSync(join(folder, "trace.txt"), `${await cloud.trace.print()}\n`);
    return `This test's world is kept in ${place}, with its trace. To look at it: npx hangar start --snapshot ${place}`;
  } catch (error) {
    return `This test's world could not be kept in ${place}: ${(error as Error).message}`;
  }
}

/** A test that passes has no failed world. */
export function forgetFailedWorld(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
