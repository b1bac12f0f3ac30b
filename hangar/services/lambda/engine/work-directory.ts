// The directory of this process for unpacked code and scratch space: one for all its clouds, gone with the last.

import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { directoryPrefix, removeLeftBehind } from "./left-behind.ts";

/** An empty directory in it, where sandboxes put their tree together. */
export const STAGE = "stage";

let users = 0;
let present: Promise<string> | undefined;

export function workDirectory(): Promise<string> {
  return (present ??= makeOne());
}

export function useWorkDirectory(): void {
  users += 1;
}

export async function leaveWorkDirectory(): Promise<void> {
  users -= 1;
  if (users > 0 || present === undefined) return;
  const left = present;
  present = undefined;
  await rm(await left, { recursive: true, force: true, maxRetries: 3 });
}

async function makeOne(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), directoryPrefix()));
  await mkdir(join(path, STAGE));
  removeLeftBehind(tmpdir()).catch(() => undefined);
  return path;
}
