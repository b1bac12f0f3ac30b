// The ready.d scripts of localstack-init/: run in order once the cloud answers; one that fails stops everything.

import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Cloud } from "../cloud/cloud.ts";
import { childEnvironment, type Instance } from "./instance.ts";

/** `folder` holds `ready.d/*.sh` (or is such a folder itself). Absent: nothing to do. */
export async function runInitScripts(cloud: Cloud, instance: Instance, folder: string): Promise<void> {
  const ready = [join(resolve(folder), "ready.d"), resolve(folder)].find(
    (path) => existsSync(path) && (path.endsWith(".d") || existsSync(join(path, "ready.d"))),
  );
  const names =
    ready === undefined
      ? []
      : readdirSync(ready)
          .filter((name) => name.endsWith(".sh"))
          .sort();
  if (ready === undefined || names.length === 0) return;
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

async function runScript(cloud: Cloud, path: string, environment: Record<string, string | undefined>): Promise<void> {
  const said: Buffer[] = [];
  const code = await new Promise<number | null>((done, fail) => {
    const child = spawn("sh", [path], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (chunk: Buffer) => said.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
    child.once("error", fail);
    child.once("close", done);
  });
  const state = { name: path, stage: "READY", state: code === 0 ? "SUCCESSFUL" : "ERROR" };
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
