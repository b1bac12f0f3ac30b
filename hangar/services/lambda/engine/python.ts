// Which Python of this machine runs a python3.x function, and where it finds boto3.

import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { invalidRuntime } from "../errors.ts";
import type { Program } from "./runtimes.ts";

const BOOTSTRAP = fileURLToPath(new URL("./bootstrap/python/bootstrap.py", import.meta.url));
const OLDEST = 8;
const NEWEST = 14;
/** Milliseconds. */
const PATIENCE = 30_000;

type Python = { readonly path: string; readonly minor: number; readonly version: string; readonly packages: string };

const pythons = new Map<string, Promise<Python | undefined>>();

const ASK = `import sys, importlib.util, os
spec = importlib.util.find_spec("boto3")
print(sys.executable, sys.version_info[1], ".".join(map(str, sys.version_info[:3])), os.path.dirname(os.path.dirname(spec.origin)) if spec and spec.origin else "", sep="\\n")`;

/** Asks an interpreter who it is: version managers put shims on the path that run nothing. */
function askPython(command: string): Promise<Python | undefined> {
  let answer = pythons.get(command);
  if (answer === undefined) {
    answer = new Promise((resolve) => {
      execFile(command, ["-c", ASK], { timeout: PATIENCE }, (error, stdout) => {
        // Whoever was too busy to answer is asked again.
        if (error?.killed === true) pythons.delete(command);
        const [path = "", minor = "", version = "", packages = ""] = stdout.split("\n");
        resolve(error === null && path !== "" ? { path, minor: Number(minor), version, packages } : undefined);
      });
    });
    pythons.set(command, answer);
  }
  return answer;
}

/** Throws InvalidRuntimeException when there is no Python 3. */
export async function pythonProgram(runtime: string): Promise<Program> {
  const wanted = Number(/^python3\.(\d+)/.exec(runtime)?.[1] ?? NEWEST);
  const python = await nearestPython(wanted);
  if (python === undefined)
    throw invalidRuntime(runtime, `Install Python 3, e.g. on Debian: apt-get install python3.${wanted} (or python3).`);
  return {
    kind: "python",
    command: python.path,
    arguments: ["-u", BOOTSTRAP],
    names: ["python", "python3", runtime],
    version: python.version,
    mismatch: python.minor === wanted ? undefined : `${runtime} runs on Python ${python.version} here.`,
    packages: python.packages === "" ? await borrowedPackages() : python.packages,
  };
}

/** The exact minor version, else the nearest newer one, else the machine's own python3. */
async function nearestPython(wanted: number): Promise<Python | undefined> {
  const exact = await pythonOf(wanted);
  if (exact !== undefined) return exact;
  const own = await askPython("python3");
  if (own !== undefined && own.minor === wanted) return own;
  for (let minor = wanted + 1; minor <= NEWEST; minor += 1) {
    const newer = await pythonOf(minor);
    if (newer !== undefined) return newer;
  }
  return own;
}

/** On the path, or among pyenv's, whose shims run only the version that is chosen. */
async function pythonOf(minor: number): Promise<Python | undefined> {
  const name = `python3.${minor}`;
  const versions = join(process.env["PYENV_ROOT"] ?? join(homedir(), ".pyenv"), "versions");
  for (const command of [
    name,
    ...installed(versions, `3.${minor}.`).map((each) => join(versions, each, "bin", name)),
  ]) {
    const python = await askPython(command);
    if (python !== undefined) return python;
  }
  return undefined;
}

function installed(versions: string, prefix: string): string[] {
  try {
    return readdirSync(versions).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
}

/** boto3 and what it needs are plain Python: another interpreter's will do. */
async function borrowedPackages(): Promise<string | undefined> {
  const names = ["python3", ...Array.from({ length: NEWEST - OLDEST + 1 }, (_, index) => `python3.${NEWEST - index}`)];
  const found = await Promise.all(names.map((name) => askPython(name)));
  return found.find((python) => python !== undefined && python.packages !== "")?.packages;
}
