// Python packages as pip installs them, for functions that bring them along.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pythonProgram } from "./python.ts";

export type Files = Record<string, string | Uint8Array>;

/** The files of a package and of what it needs, as an archive has them, or why there are none. */
export async function pipPackage(name: string, keeps: (path: string) => boolean = () => true): Promise<Files | string> {
  const folder = mkdtempSync(join(tmpdir(), "hangar-pip-"));
  try {
    const { command } = await pythonProgram("python3.13");
    const words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", folder, name];
    execFileSync(command, words, { stdio: "pipe", timeout: 120_000 });
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile() && !file.parentPath.includes("__pycache__"))
      .map((file) => relative(folder, join(file.parentPath, file.name)));
    return Object.fromEntries(files.filter(keeps).map((path) => [path, readFileSync(join(folder, path))]));
  } catch (error) {
    return (error as Error).message.split("\n")[0] ?? "";
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
