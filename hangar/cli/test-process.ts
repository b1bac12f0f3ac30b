// For the commands' tests: the real command line in a process of its own, in an empty folder with a temporary folder of its own.

import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));

export type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

export type Running = {
  readonly line: string;
  readonly child: ChildProcess;
  /** On standard output, so far. */
  said(): string;
  ended(): Promise<Ended>;
};

/** `left` are the files that commands forgot in the temporary folder. */
export type Folder = {
  readonly path: string;
  hangar(...words: string[]): Promise<Ended>;
  /** Resolves at the first line on standard output. */
  start(...words: string[]): Promise<Running>;
  left(): readonly string[];
  remove(): void;
};

export function folderWith(files: Readonly<Record<string, string>> = {}): Folder {
  const path = mkdtempSync(join(tmpdir(), "hangar-cli-"));
  const temporary = `${path}.tmp`;
  mkdirSync(temporary);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  const open = (words: readonly string[]): ChildProcess =>
    spawn(process.execPath, [MAIN, ...words], { cwd: path, env: environment(temporary) });
  return {
    path,
    hangar: (...words) => endOf(open(words)),
    start: async (...words) => {
      const child = open(words);
      const ended = endOf(child);
      let said = "";
      child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
      const line = await Promise.race([firstLine(child), ended.then(failed)]);
      return { line, child, said: () => said, ended: () => ended };
    },
    left: () => readdirSync(temporary),
    remove: () => {
      for (const each of [path, temporary]) rmSync(each, { recursive: true, force: true });
    },
  };
}

function environment(temporary: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|HANGAR_|NODE_OPTIONS|VITEST)/.test(name));
  const own = { TMPDIR: temporary, TMP: temporary, TEMP: temporary };
  return { ...Object.fromEntries(kept), ...own };
}

function endOf(child: ChildProcess): Promise<Ended> {
  const said = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (said.stderr += chunk.toString()));
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code, signal) => done({ code: code ?? (signal === null ? -1 : -2), ...said }));
  });
}

function firstLine(child: ChildProcess): Promise<string> {
  let said = "";
  return new Promise((done) =>
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("\n")) done(said.slice(0, said.indexOf("\n")));
    }),
  );
}

function failed({ code, stdout, stderr }: Ended): never {
  throw new Error(`It ended with ${code}:\n${stdout}${stderr}`);
}

/** All processes below one. */
export function descendantsOf(pid: number): readonly number[] {
  const rows = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
    .stdout.trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (parent: number): number[] =>
    rows.flatMap(([child, of]) => (of === parent ? [child, ...below(child)] : []));
  return below(pid);
}

/** Not one that has ended and only waits to be asked for its exit code. */
export function isAlive(pid: number): boolean {
  const state = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
  return state !== "" && !state.startsWith("Z");
}
