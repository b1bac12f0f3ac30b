// Server processes that are measured: started, asked for their memory, ended.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export type Server = {
  readonly port: number;
  readonly child: ChildProcess;
  residentMb(): number;
  peakMb(): number;
  stop(): Promise<void>;
};

/** The script prints `"port": N` when it answers. */
export function startServer(script: string, parameters: readonly string[] = [], cwd = "."): Promise<Server> {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", fileURLToPath(new URL(script, import.meta.url)), ...parameters],
    { stdio: ["ignore", "pipe", "inherit"], cwd },
  );
  return new Promise((resolve, reject) => {
    let said = "";
    child.once("exit", (code) => reject(new Error(`${script} ended with ${code}`)));
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const match = /"port":\s*(\d+)/.exec(said);
      if (match !== null)
        resolve({
          port: Number(match[1]),
          child,
          residentMb: () => memoryMb(child, "VmRSS"),
          peakMb: () => memoryMb(child, "VmHWM"),
          stop: () => stop(child),
        });
    });
  });
}

/** The command, as users start it, in a folder that has no app. */
export async function startHangar(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "bench-hangar-"));
  const server = await startServer("../hangar/dist/cli/main.js", ["start", "--port", "0", "--json"], folder);
  server.child.once("close", () => rmSync(folder, { recursive: true, force: true }));
  return server;
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.removeAllListeners("exit");
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

/** From /proc: not a number where there is none. */
function memoryMb(child: ChildProcess, field: string): number {
  try {
    const line = new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${child.pid}/status`, "utf8"));
    return Number(line?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
