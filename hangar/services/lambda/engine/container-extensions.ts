// Extensions of a container image: the programs in its /opt/extensions, each in a container of its own beside the runtime's.

import { basename } from "node:path";
import { ContainerEngineError, type ContainerEngine } from "../../../kernel/container-engine.ts";
import type { ContainerProcess } from "./container-process.ts";
import { checkExecutable, type Launch } from "./extension-processes.ts";
import { tarEntries } from "./tar-entries.ts";

const FOLDER = "/opt/extensions";

type Program = { readonly name: string; readonly mode: number };

/** By an image's id, which stands for what is in it. */
const known = new Map<string, Promise<readonly Program[]>>();

export function imageExtensions(engine: ContainerEngine, image: string, labels: object): Promise<readonly Program[]> {
  let programs = known.get(image);
  if (programs === undefined) {
    programs = programsIn(engine, { Image: image, Entrypoint: [FOLDER], Labels: labels });
    known.set(image, programs);
    programs.catch(() => known.delete(image));
  }
  return programs;
}

/** The engine shows the files of containers only: one is made for that, and not started. */
async function programsIn(engine: ContainerEngine, settings: object): Promise<Program[]> {
  const { Id } = (await engine.call("POST", "/containers/create", settings)) as { readonly Id: string };
  const programs: Program[] = [];
  try {
    for await (const { name, mode, directory } of tarEntries(
      await engine.read(`/containers/${Id}/archive?path=${FOLDER}/.`),
    ))
      if (!directory && /^(?:\.\/)?[^/]+$/.test(name)) programs.push({ name: basename(name), mode });
  } catch (error) {
    if (!(error instanceof ContainerEngineError && error.status === 404)) throw error;
  } finally {
    await engine.call("DELETE", `/containers/${Id}?force=true&v=true`);
  }
  return programs;
}

/** One container starts after another: the first, which `start` gets no holder for, holds what all share. */
export class ExtensionContainers implements Launch {
  readonly names: readonly string[];
  readonly #programs: readonly Program[];
  readonly #start: (program: string, holder: string | undefined) => ContainerProcess;
  #holder: Promise<string | undefined> | undefined;

  constructor(programs: readonly Program[], start: (program: string, holder: string | undefined) => ContainerProcess) {
    this.#programs = programs;
    this.#start = start;
    this.names = programs.map(({ name }) => name);
  }

  /** The first container's id, once it runs; undefined where there is none that does. */
  holder(): Promise<string | undefined> {
    return this.#holder ?? Promise.resolve(undefined);
  }

  start = async (name: string): Promise<ContainerProcess | undefined> => {
    const { mode = 0 } = this.#programs.find((program) => program.name === name) ?? {};
    checkExecutable(name, mode);
    const holder = await this.holder();
    if (this.#holder !== undefined && holder === undefined) return undefined;
    const child = this.#start(`${FOLDER}/${name}`, holder);
    this.#holder ??= child.started;
    return child;
  };
}
