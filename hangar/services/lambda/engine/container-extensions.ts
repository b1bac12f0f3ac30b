// Extensions of a container image: the programs in its /opt/extensions, each in a container of its own beside the runtime's.

import type { ContainerProcess } from "./container-process.ts";
import { checkExecutable, type Launch } from "./extension-processes.ts";
import { EXTENSIONS, type Program } from "./image-files.ts";

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
    const child = this.#start(`${EXTENSIONS}/${name}`, holder);
    this.#holder ??= child.started;
    return child;
  };
}
