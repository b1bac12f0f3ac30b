// Reads the house as it stands: every source file, every service room and what its service.ts declares.

import { existsSync, globSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ServiceDefinition } from "../../hangar/cloud/service.ts";
import { loadModel, serviceNames } from "../../hangar/models/load.ts";
import type { ServiceModel } from "../../hangar/models/model.ts";

export const root = fileURLToPath(new URL("../../", import.meta.url));

export type ServiceRoom = {
  readonly name: string;
  /** Relative to the repository, e.g. `hangar/services/sqs`. */
  readonly folder: string;
  /** Relative to the repository, tests included. */
  readonly files: readonly string[];
  readonly model: ServiceModel | undefined;
  /** Why `definition` is absent. */
  readonly problem: string | undefined;
  readonly definition: ServiceDefinition | undefined;
};

const notOurs = new Set(["node_modules", "dist", "cdk.out", "generated", ".hangar"]);

/** Files matching a pattern, relative to the repository, without what is installed or generated. */
export function filesOf(pattern: string): readonly string[] {
  const found = globSync(pattern, { cwd: root, exclude: (entry) => notOurs.has(entry.name), withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .toSorted();
}

export function textOf(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** A suite, or what suites share (`test-queues.ts`); operations may have such names too (`test-invoke-method.ts`). */
export function isTest(file: string): boolean {
  return file.endsWith(".test.ts") || (/(^|\/)test-[^/]+\.ts$/.test(file) && !file.includes("/operations/"));
}

/** `put-item` and `PutItem` and `putItem` are one name; AWS's own capitals (`GetSMSAttributes`) do not matter. */
export function sameName(name: string): string {
  return name.replaceAll("-", "").toLowerCase();
}

function isDefinition(value: unknown): value is ServiceDefinition {
  return typeof value === "object" && value !== null && "operations" in value && "access" in value && "tables" in value;
}

async function definitionIn(folder: string): Promise<ServiceDefinition | string> {
  const file = join(root, folder, "service.ts");
  if (!existsSync(file)) return "has no service.ts";
  try {
    const module: Record<string, unknown> = await import(/* @vite-ignore */ pathToFileURL(file).href);
    return Object.values(module).find(isDefinition) ?? "service.ts exports no service definition";
  } catch (error) {
    return `service.ts does not load: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Every room in hangar/services, with its definition where it loads. */
export async function serviceRooms(): Promise<readonly ServiceRoom[]> {
  const services = join(root, "hangar/services");
  if (!existsSync(services)) return [];
  const modelled = new Set(serviceNames());
  const folders = readdirSync(services, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const rooms = folders.map(async ({ name }): Promise<ServiceRoom> => {
    const folder = `hangar/services/${name}`;
    const found = await definitionIn(folder);
    const loaded = typeof found === "string" ? undefined : found;
    return {
      name,
      folder,
      files: filesOf(`${folder}/**/*`),
      model: modelled.has(name) ? loadModel(name) : undefined,
      problem: typeof found === "string" ? found : undefined,
      definition: loaded,
    };
  });
  return (await Promise.all(rooms)).toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Files of operations/, whatever group they are in. */
export function operationFiles(room: ServiceRoom): readonly string[] {
  return room.files.filter(
    (file) => file.startsWith(`${room.folder}/operations/`) && file.endsWith(".ts") && !isTest(file),
  );
}

/** Name of the operation a file says it is: `operations/object/put-object.ts` -> `put-object`. */
export function stemOf(file: string): string {
  return basename(file).replace(/(\.test)?\.[^.]+$/, "");
}
