// The file in which `hangar test` tells the suites what is deployed and where; HANGAR_TARGET_FILE names it.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
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

/** Where such a run wants to know how each test ended; undefined when none does. */
export function testResultsFile(): string | undefined {
  const file = process.env[VARIABLE];
  return file === undefined || file === "" ? undefined : resultsBeside(file);
}

export function resultsBeside(targetFile: string): string {
  return targetFile.replace(/(\.json)?$/, "-results.json");
}

export function targetFile({ name }: Pick<DeployedTarget, "name">): string {
  return resolve(".hangar", `target-${name}.json`);
}

/** Answers the variable for the suites' environment. */
export function writeTargetFile(target: DeployedTarget): Record<string, string> {
  const file = targetFile(target);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(target, null, 2));
  return { [VARIABLE]: file };
}
