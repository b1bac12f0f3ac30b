// Which program runs a Lambda runtime on this machine, and the error that names it when there is none.

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { invalidRuntime } from "../errors.ts";
import { dotnetProgram } from "./dotnet.ts";
import { javaProgram } from "./java.ts";
import { pythonProgram } from "./python.ts";
import { rubyProgram } from "./ruby.ts";

export type Program = {
  readonly kind: "node" | "python" | "ruby" | "java" | "dotnet" | "provided";
  readonly command: string;
  readonly arguments: readonly string[];
  /** What really runs, e.g. `24.21.0`. */
  readonly version: string;
  /** Set when it is not what the function asks for: stated in the function's log. */
  readonly mismatch: string | undefined;
  /** What Lambda calls it. */
  readonly names?: readonly string[] | undefined;
  /** Where packages lie that Lambda's runtime would bring: boto3, Java's runtime client, or .NET's bootstrap. */
  readonly packages?: string | undefined;
  /** Where it lies with all it reads, if that is not the folder above its own. */
  readonly home?: string;
  /** What it is told by its environment. */
  readonly variables?: Readonly<Record<string, string>>;
};

const NODE_BOOTSTRAP = fileURLToPath(new URL("./bootstrap/node/main.mjs", import.meta.url));

/** Where code and layers are unpacked, and where the process sees them. */
export type Seen = {
  readonly contents: { readonly taskRoot: string; readonly layerRoot: string | undefined };
  readonly taskRoot: string;
  readonly layerRoot: string | undefined;
};

/** Throws InvalidRuntimeException when nothing here runs it. */
export async function programFor(
  runtime: string,
  seen: Seen,
  settings: { readonly handler: string; readonly memorySize: number },
): Promise<Program> {
  if (runtime.startsWith("nodejs")) return nodeProgram(runtime);
  if (runtime.startsWith("python")) return pythonProgram(runtime);
  if (runtime.startsWith("provided")) return providedProgram(seen);
  if (runtime.startsWith("java")) return javaProgram(runtime, seen, settings);
  if (runtime.startsWith("ruby")) return rubyProgram(runtime);
  return dotnetProgram(runtime, seen, settings);
}

export function nodeProgram(runtime: string): Program {
  const node = nodeBinary();
  const wanted = /^nodejs(\d+)/.exec(runtime)?.[1];
  const mismatch =
    wanted === node.version.split(".")[0] ? undefined : `${runtime} runs on Node.js ${node.version} here.`;
  return {
    kind: "node",
    command: node.path,
    arguments: [NODE_BOOTSTRAP],
    names: ["node"],
    version: node.version,
    mismatch,
  };
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

function providedProgram({ contents, taskRoot, layerRoot = "" }: Seen): Program {
  const places = [
    [contents.taskRoot, taskRoot],
    ...(contents.layerRoot === undefined ? [] : [[contents.layerRoot, layerRoot]]),
  ];
  const [, place] = places.find(([unpacked = ""]) => existsSync(join(unpacked, "bootstrap"))) ?? [];
  if (place === undefined)
    throw invalidRuntime("provided", "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
  return { kind: "provided", command: join(place, "bootstrap"), arguments: [], version: "", mismatch: undefined };
}
