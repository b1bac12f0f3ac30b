// Server processes that are measured: started, asked for their memory, ended.

import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export type Server = {
  readonly port: number;
  readonly child: ChildProcess;
  residentMb(): number;
  peakMb(): number;
  stop(): Promise<void>;
};

/** The script prints `{"port": N}` when it answers. */
export function startServer(script: string, parameters: readonly string[] = []): Promise<Server> {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", fileURLToPath(new URL(script, import.meta.url)), ...parameters],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  return new Promise((resolve, reject) => {
    let said = "";
    child.once("exit", (code) => reject(new Error(`${script} ended with ${code}`)));
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const match = /\{"port":(\d+)\}/.exec(said);
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
