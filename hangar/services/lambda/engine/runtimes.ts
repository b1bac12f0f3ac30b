// Which program runs a Lambda runtime on this machine, and the error that names it when there is none.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { invalidRuntime } from "../errors.ts";

export type Program = {
  readonly kind: "node" | "python" | "provided";
  readonly command: string;
  readonly arguments: readonly string[];
  /** What really runs, e.g. `24.21.0`. */
  readonly version: string;
  /** Set when it is not what the function asks for: stated in the function's log. */
  readonly mismatch: string | undefined;
  /** Where the program's own packages lie that Lambda's runtime would bring (boto3). */
  readonly packages?: string | undefined;
};

const NODE_BOOTSTRAP = fileURLToPath(new URL("./bootstrap/node/main.mjs", import.meta.url));
const PYTHON_BOOTSTRAP = fileURLToPath(new URL("./bootstrap/python/bootstrap.py", import.meta.url));
const NEWEST_PYTHON = 14;

/** Throws InvalidRuntimeException when nothing here runs it. */
export async function programFor(runtime: string, taskRoot: string, layerRoot: string | undefined): Promise<Program> {
  if (runtime.startsWith("nodejs")) return nodeProgram(runtime);
  if (runtime.startsWith("python")) return pythonProgram(runtime);
  if (runtime.startsWith("provided")) return providedProgram(taskRoot, layerRoot);
  throw invalidRuntime(runtime, `Hangar runs nodejs*, python* and provided* functions; ${runtime} has no engine here.`);
}

export function nodeProgram(runtime: string): Program {
  const node = nodeBinary();
  const wanted = /^nodejs(\d+)/.exec(runtime)?.[1];
  const mismatch =
    wanted === node.version.split(".")[0] ? undefined : `${runtime} runs on Node.js ${node.version} here.`;
  return { kind: "node", command: node.path, arguments: [NODE_BOOTSTRAP], version: node.version, mismatch };
}

let knownNode: { readonly path: string; readonly version: string } | undefined;

/** The `node-<platform>` package where it is installed (Node 24 whatever runs Hangar), else the Node we run on. */
function nodeBinary(): { readonly path: string; readonly version: string } {
  knownNode ??= packagedNode() ?? { path: process.execPath, version: process.versions.node };
  return knownNode;
}

function packagedNode(): { readonly path: string; readonly version: string } | undefined {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const path = join(dirname(manifest), "bin", process.platform === "win32" ? "node.exe" : "node");
    const { version } = createRequire(import.meta.url)(manifest) as { version: string };
    return existsSync(path) ? { path, version } : undefined;
  } catch {
    return undefined;
  }
}

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
      execFile(command, ["-c", ASK], { timeout: 10_000 }, (error, stdout) => {
        const [path = "", minor = "", version = "", packages = ""] = stdout.split("\n");
        resolve(error === null && path !== "" ? { path, minor: Number(minor), version, packages } : undefined);
      });
    });
    pythons.set(command, answer);
  }
  return answer;
}

async function pythonProgram(runtime: string): Promise<Program> {
  const wanted = Number(/^python3\.(\d+)/.exec(runtime)?.[1] ?? NEWEST_PYTHON);
  const python = await nearestPython(wanted);
  if (python === undefined)
    throw invalidRuntime(runtime, `Install Python 3, e.g. on Debian: apt-get install python3.${wanted} (or python3).`);
  const mismatch = python.minor === wanted ? undefined : `${runtime} runs on Python ${python.version} here.`;
  return {
    kind: "python",
    command: python.path,
    arguments: ["-u", PYTHON_BOOTSTRAP],
    version: python.version,
    mismatch,
    packages: python.packages === "" ? undefined : python.packages,
  };
}

/** The exact minor version, else the nearest newer one, else the machine's own python3. */
async function nearestPython(wanted: number): Promise<Python | undefined> {
  const exact = await askPython(`python3.${wanted}`);
  if (exact !== undefined) return exact;
  const own = await askPython("python3");
  if (own !== undefined && own.minor === wanted) return own;
  for (let minor = wanted + 1; minor <= NEWEST_PYTHON; minor += 1) {
    const newer = await askPython(`python3.${minor}`);
    if (newer !== undefined) return newer;
  }
  return own;
}

function providedProgram(taskRoot: string, layerRoot: string | undefined): Program {
  const places = [join(taskRoot, "bootstrap"), ...(layerRoot === undefined ? [] : [join(layerRoot, "bootstrap")])];
  const command = places.find((place) => existsSync(place));
  if (command === undefined)
    throw invalidRuntime("provided", "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
  return { kind: "provided", command, arguments: [], version: "", mismatch: undefined };
}
