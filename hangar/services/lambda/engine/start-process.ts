// Starts the process of an execution environment, and tells a Node one what to become.

import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { RuntimeProcess } from "./child-process.ts";
import type { Deployment } from "./deployment.ts";
import { takePrestarted } from "./prestarted.ts";
import type { Places } from "./runtime-environment.ts";
import type { Program } from "./runtimes.ts";

type Start = { readonly variables: Record<string, string>; readonly clockOffset: number | undefined };

export function startProcess(
  program: Program,
  { variables, clockOffset }: Start,
  deployment: Deployment,
  places: Places,
): RuntimeProcess {
  // NODE_OPTIONS and the places of shared libraries count only when a process starts.
  if (program.kind === "node" && variables.NODE_OPTIONS === undefined && !bringsLibraries(places)) {
    const child = takePrestarted(program);
    child.tell({ ...ordersOf(variables, deployment, places), clockOffset });
    return child;
  }
  const child = new RuntimeProcess({
    command: program.command,
    arguments: program.arguments,
    environment: variables,
    directory: places.taskRoot,
  });
  if (program.kind === "node") child.tell({ ...ordersOf(variables, deployment, places), clockOffset });
  return child;
}

/** Shared libraries where LD_LIBRARY_PATH would find them. */
function bringsLibraries({ taskRoot, layerRoot }: Places): boolean {
  const folders = [taskRoot, join(taskRoot, "lib"), ...(layerRoot === undefined ? [] : [join(layerRoot, "lib")])];
  return folders.some((folder) => existsSync(folder) && readdirSync(folder).some((name) => /\.so(\.|$)/.test(name)));
}

/** What main.mjs of the Node bootstrap waits for. */
function ordersOf(variables: Record<string, string>, deployment: Deployment, places: Places): object {
  const { taskRoot: cwd, layerRoot: layers } = places;
  return { env: variables, cwd, layers, modules: modulePlaces(), endpoint: deployment.origin };
}

let places: readonly string[] | undefined;

/** The project that deploys, then wherever Hangar itself is installed. */
export function modulePlaces(): readonly string[] {
  return (places ??= findPlaces());
}

function findPlaces(): string[] {
  const own: string[] = [];
  for (
    let directory = dirname(fileURLToPath(import.meta.url));
    directory !== dirname(directory);
    directory = dirname(directory)
  ) {
    if (existsSync(join(directory, "node_modules"))) own.push(directory);
  }
  return [process.cwd(), ...own];
}
