// The world of a failed test, kept as a snapshot below `.hangar/failed/`, and how to look at it.

import { createHash } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { TestCloud } from "./world.ts";

const LONGEST = 80;

/** One folder a test, whatever its name holds: two that would read the same differ in their last letters. */
export function failedFolder(root: string, names: readonly string[]): string {
  const name = names.join(" ");
  const readable = name
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[-.]+/, "")
    .slice(0, LONGEST);
  const hash = createHash("sha256").update(JSON.stringify(names)).digest("hex").slice(0, 6);
  return join(root, ".hangar", "failed", `${readable}-${hash}`);
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
