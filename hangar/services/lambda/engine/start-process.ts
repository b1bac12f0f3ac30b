// Starts the process of an execution environment in its sandbox, and tells a Node one what to become.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { MOUNTED, RuntimeProcess } from "./child-process.ts";
import type { Deployment } from "./deployment.ts";
import type { EnvironmentFiles } from "./environment-files.ts";
import { moduleFolders, modulePlaces } from "./module-places.ts";
import { takePrestarted } from "./prestarted.ts";
import type { Places } from "./runtime-environment.ts";
import type { Program } from "./runtimes.ts";
import {
  contentsScript,
  keptPaths,
  makeRoom,
  placedScript,
  sandbox,
  sandboxed,
  type Command,
  type Contents,
  type Sandbox,
  type Tree,
} from "./sandbox.ts";
import { workDirectory } from "./work-directory.ts";

export type Start = {
  readonly variables: Record<string, string>;
  readonly clockOffset: number | undefined;
  readonly contents: Contents;
  readonly files: EnvironmentFiles;
  /** It waits for `begin` when its files are in place: extensions come first. */
  readonly gated: boolean;
  /** Its program opens a debugger, which a process that waits has not. */
  readonly inspected: boolean;
};

export type Started = { readonly child: RuntimeProcess; readonly begin: (() => void) | undefined };

export async function startProcess(
  program: Program,
  start: Start,
  deployment: Deployment,
  places: Places,
): Promise<Started> {
  const { variables, clockOffset, contents, files } = start;
  const own = await sandbox();
  const wrapper = program.kind === "provided" ? undefined : variables.AWS_LAMBDA_EXEC_WRAPPER;
  const orders = program.kind === "node" ? { ...ordersOf(variables, deployment, places), clockOffset } : undefined;
  // NODE_OPTIONS and the places of shared libraries count only when a process starts.
  const fresh =
    start.gated ||
    start.inspected ||
    files.held ||
    wrapper !== undefined ||
    variables.NODE_OPTIONS !== undefined ||
    bringsLibraries(contents);
  if (orders !== undefined && !fresh) {
    const child = await takePrestarted(program, contents);
    if (child !== undefined) {
      const mounts = typeof own === "string" ? undefined : contentsScript(await workDirectory(), contents);
      if (typeof own !== "string") child.onMounted = () => files.hold(child.pid ?? 0, own);
      child.tell({ ...orders, mounts });
      return { child, begin: undefined };
    }
  }
  const wrapped = wrapper === undefined ? program : wrappedIn(wrapper, program);
  const inside = start.gated ? gated(wrapped, typeof own === "string") : wrapped;
  const { command: file, arguments: words } = await placed(inside, own, program, start);
  const child = new RuntimeProcess({
    command: file,
    arguments: words,
    environment: variables,
    directory: contents.taskRoot,
  });
  if (typeof own !== "string") child.onMounted = () => files.hold(child.pid ?? 0, own);
  // What a wrapper script sets in the environment stays there.
  const tell = (): void =>
    orders === undefined ? undefined : child.tell(wrapper === undefined ? orders : { ...orders, env: undefined });
  if (!start.gated) tell();
  const begin = (): void => {
    child.tell("begin");
    tell();
  };
  return { child, begin: start.gated ? begin : undefined };
}

/** Among the mounts that an environment that begins again has already, or in a tree of its own. */
async function placed(inside: Command, own: Sandbox | string, program: Program, start: Start): Promise<Command> {
  if (typeof own === "string") return inside;
  if (start.files.held) return start.files.entered(inside, placedScript());
  return sandboxed(own, inside, await treeOf(program, start.contents));
}

/** Goes on with the next line of standard input; where it has no mounts to say so, it says that it stands where it will run. */
function gated({ command, arguments: words }: Command, says: boolean): Command {
  const script = `${says ? `echo '${MOUNTED}' >&3; ` : ""}read -r _; exec "$@"`;
  return { command: "/bin/sh", arguments: ["-c", script, "sh", command, ...words] };
}

/** AWS_LAMBDA_EXEC_WRAPPER: a script that starts the runtime, whose command it gets. */
function wrappedIn(wrapper: string, { command, arguments: words }: Command): Command {
  return { command: wrapper, arguments: [command, ...words] };
}

async function treeOf(program: Program, contents: Contents): Promise<Tree> {
  const kept = keptPaths(program, moduleFolders());
  await makeRoom(kept, contents.layerRoot);
  return { directory: await workDirectory(), kept, contents, program };
}

/** Shared libraries where LD_LIBRARY_PATH would find them. */
function bringsLibraries({ taskRoot, layerRoot }: Contents): boolean {
  const folders = [taskRoot, join(taskRoot, "lib"), ...(layerRoot === undefined ? [] : [join(layerRoot, "lib")])];
  return folders.some((folder) => existsSync(folder) && readdirSync(folder).some((name) => /\.so(\.|$)/.test(name)));
}

/** What main.mjs of the Node bootstrap waits for. */
function ordersOf(variables: Record<string, string>, deployment: Deployment, places: Places): object {
  const { taskRoot: cwd, layerRoot: layers } = places;
  return { env: variables, cwd, layers, modules: modulePlaces(), endpoint: deployment.origin };
}
