// The file in which `hangar test` tells the suites what is deployed and where; HANGAR_TARGET_FILE names it.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { DeployedTarget } from "../targets/target.ts";

const VARIABLE = "HANGAR_TARGET_FILE";

/** Undefined when no run deployed the app for us. */
export function readTargetFile(): DeployedTarget | undefined {
  const file = process.env[VARIABLE];
  if (file === undefined || file === "") return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as DeployedTarget;
  } catch (error) {
    throw new Error(`${VARIABLE} names ${file}, which tells of no target.`, { cause: error });
  }
}

/** Answers the variable for the suites' environment. */
export function writeTargetFile(target: DeployedTarget): Record<string, string> {
  const folder = resolve(".hangar");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `target-${target.name}.json`);
  writeFileSync(file, JSON.stringify(target, null, 2));
  return { [VARIABLE]: file };
}
