// Starts the process of an execution environment in its sandbox, and tells a Node one what to become.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { RuntimeProcess } from "./child-process.ts";
import type { Deployment } from "./deployment.ts";
import { modulePlaces } from "./module-places.ts";
import { takePrestarted } from "./prestarted.ts";
import type { Places } from "./runtime-environment.ts";
import type { Program } from "./runtimes.ts";
import { contentsScript, keptPaths, makeRoom, sandbox, sandboxed, type Contents, type Tree } from "./sandbox.ts";
import { workDirectory } from "./work-directory.ts";

export type Start = {
  readonly variables: Record<string, string>;
  readonly clockOffset: number | undefined;
  readonly contents: Contents;
};

export async function startProcess(
  program: Program,
  start: Start,
  deployment: Deployment,
  places: Places,
): Promise<RuntimeProcess> {
  const { variables, clockOffset, contents } = start;
  const own = await sandbox();
  const orders = program.kind === "node" ? { ...ordersOf(variables, deployment, places), clockOffset } : undefined;
  // NODE_OPTIONS and the places of shared libraries count only when a process starts.
  if (orders !== undefined && variables.NODE_OPTIONS === undefined && !bringsLibraries(contents)) {
    const child = await takePrestarted(program, contents);
    if (child !== undefined) {
      const mounts = typeof own === "string" ? undefined : contentsScript(await workDirectory(), contents);
      child.tell({ ...orders, mounts });
      return child;
    }
  }
  const command = typeof own === "string" ? program : sandboxed(own, program, await treeOf(program, contents));
  const child = new RuntimeProcess({
    command: command.command,
    arguments: command.arguments,
    environment: variables,
    directory: contents.taskRoot,
  });
  if (orders !== undefined) child.tell(orders);
  return child;
}

async function treeOf(program: Program, contents: Contents): Promise<Tree> {
  const kept = keptPaths(program, modulePlaces());
  await makeRoom(kept, contents.layerRoot);
  return { directory: await workDirectory(), kept, contents };
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
