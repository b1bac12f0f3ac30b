// Programs of others in the tests: demanded where CI installs them, left out with one line elsewhere.

import { execFile, spawnSync } from "node:child_process";
import { hash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe } from "vitest";
import type { RunningCloud } from "../index.ts";

const run = promisify(execFile);

export type Program = {
  readonly command: string;
  /** Arguments with which it ends well wherever it works. */
  readonly probe: readonly string[];
  /** How to get it. */
  readonly install: string;
};

/** A suite that drives a program. */
export function describeProgram(name: string, { command, probe, install }: Program, suite: () => void): void {
  const isHere = spawnSync(command, probe).status === 0;
  // .ci/run says so once it has installed them: a suite left out there would go unnoticed.
  if (!isHere && process.env["HANGAR_PROGRAMS"] === "required")
    throw new Error(`${name} is not here, and CI needs it: ${install}`);
  // A program is started for every call, beside other suites.
  describe.skipIf(!isHere)(isHere ? name : `${name} (skipped: ${install})`, suite);
}

/** The machine's environment without what it says of AWS, and a cloud's in its place. */
export function environmentFor(cloud: RunningCloud): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS|RCLONE)_/.test(name));
  return {
    ...Object.fromEntries(own),
    AWS_ENDPOINT_URL: cloud.endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_PAGER: "",
    PYTHONUTF8: "1",
  };
}

/** What a program says on its standard output; rejects, with its `stderr`, where it fails. */
export async function output(
  command: string,
  args: readonly string[],
  environment: Record<string, string | undefined>,
): Promise<string> {
  const { stdout } = await run(command, args, { env: environment, maxBuffer: 64 << 20, timeout: 200_000 });
  return stdout.trim();
}

/** Path -> SHA-256 of each file below a folder. */
export async function filesBelow(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.map(async (path) => [path.slice(root.length), hash("sha256", await readFile(path))])),
  );
}
