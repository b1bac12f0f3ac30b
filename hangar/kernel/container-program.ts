// Runs the user's `docker` or `podman`, for what only the program does: builds.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const KEPT = 4000;

/** As the CDK has it: CDK_DOCKER, else docker; here podman too, where there is no docker. */
export function containerProgram(): string {
  const named = process.env["CDK_DOCKER"];
  if (named !== undefined && named !== "") return named;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const has = (name: string): boolean => folders.some((folder) => existsSync(join(folder, name)));
  return !has("docker") && has("podman") ? "podman" : "docker";
}

/** Answers what it printed. Throws an Error with the end of what it said when it fails. */
export function runProgram(program: string, words: readonly string[], directory: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      said = (said + text).slice(-KEPT);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-KEPT)));
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(printed) : reject(new Error(`${program} ${words[0]} failed (${code}):\n${said.trimEnd()}`)),
    );
  });
}
