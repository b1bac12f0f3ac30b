// Runs another program in our terminal to its end, and takes over its exit code.

import { spawn, type SpawnOptions } from "node:child_process";
import { exitCodeOf, onSignal } from "./lifetime.ts";
import { UsageError } from "./command.ts";

/** Ctrl-C goes to the program, which shares our terminal; other signals are passed on to it. We end when it does. */
export function runProgram(
  program: string,
  parameters: readonly string[],
  environment: Record<string, string | undefined>,
  stdio: "inherit" | readonly ["inherit", number, number] = "inherit",
): Promise<number> {
  return new Promise((done, fail) => {
    const child = start(program, parameters, { env: environment, stdio: stdio === "inherit" ? stdio : [...stdio] });
    const release = onSignal((signal) => signal === "SIGINT" || child.kill(signal));
    child.once("error", (error: NodeJS.ErrnoException) => {
      release();
      fail(error.code === "ENOENT" ? new UsageError(`There is no program "${program}".`) : error);
    });
    child.once("close", (code, signal) => {
      release();
      done(code ?? (signal === null ? 1 : exitCodeOf(signal)));
    });
  });
}

/** On Windows programs like npm are scripts, which only a shell starts. */
function start(program: string, parameters: readonly string[], options: SpawnOptions) {
  if (process.platform !== "win32") return spawn(program, parameters, options);
  const line = [program, ...parameters].map((word) => `"${word.replaceAll('"', '""')}"`).join(" ");
  return spawn(line, { ...options, shell: true });
}
