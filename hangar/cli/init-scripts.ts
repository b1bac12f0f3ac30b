// The ready.d scripts of localstack-init/: run in order once the cloud answers; one that fails stops everything.

import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Cloud } from "../cloud/cloud.ts";
import { sayAside } from "./command.ts";
import { childEnvironment, type Instance } from "./instance.ts";

/** `folder` holds `ready.d/*.sh` (or is such a folder itself). Absent: nothing to do. */
export async function runInitScripts(cloud: Cloud, instance: Instance, folder: string): Promise<void> {
  const ready = [join(resolve(folder), "ready.d"), resolve(folder)].find(
    (path) => existsSync(path) && (path.endsWith(".d") || existsSync(join(path, "ready.d"))),
  );
  if (ready === undefined) return;
  const names = scriptsIn(ready);
  if (names.length === 0) return;
  cloud.initCompleted = false;
  const tools = mkdtempSync(join(tmpdir(), "hangar-init-"));
  try {
    const path = `${tools}${delimiter}${process.env["PATH"] ?? ""}`;
    provideCli(tools);
    for (const name of names) await runScript(cloud, join(ready, name), { ...childEnvironment(instance), PATH: path });
  } finally {
    rmSync(tools, { recursive: true, force: true });
  }
  cloud.initCompleted = true;
}

/** In the order of their names. LocalStack runs Python in its own process, with its own modules: that is not ours to imitate. */
function scriptsIn(folder: string): readonly string[] {
  const names = readdirSync(folder).sort();
  for (const name of names.filter((each) => each.endsWith(".py")))
    sayAside(`Skipped ${join(folder, name)}: scripts in Python are for LocalStack's own process; here only .sh runs.`);
  return names.filter((name) => name.endsWith(".sh"));
}

async function runScript(cloud: Cloud, path: string, environment: Record<string, string | undefined>): Promise<void> {
  const said: Buffer[] = [];
  const code = await new Promise<number | null>((done, fail) => {
    const child = spawn("sh", [path], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (chunk: Buffer) => said.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
    child.once("error", (error: NodeJS.ErrnoException) =>
      fail(error.code === "ENOENT" ? new Error(`${path} needs "sh" on the PATH (on Windows: Git for Windows)`) : error),
    );
    child.once("close", done);
  });
  const state = { name: basename(path), stage: "READY", state: code === 0 ? "SUCCESSFUL" : "ERROR" };
  cloud.initScripts = [...cloud.initScripts, state];
  if (code !== 0) throw new Error(`The init script ${path} failed (exit ${code}):\n${Buffer.concat(said).toString()}`);
}

/** `awslocal` for machines that have none; `aws` too where there is no AWS CLI. */
function provideCli(folder: string): void {
  const shim = fileURLToPath(new URL("./aws-shim.ts", import.meta.url));
  const text = `#!/bin/sh\nexec "${process.execPath}" "${shim}" "$@"\n`;
  for (const name of ["awslocal", "aws"]) {
    if (onPath(name)) continue;
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
}

function onPath(name: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => folder !== "" && existsSync(join(folder, name)));
}
