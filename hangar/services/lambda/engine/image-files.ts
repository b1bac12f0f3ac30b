// What an environment must know of the files in its image: the programs that are its extensions, and whether a directory is there.

import { basename } from "node:path";
import { ContainerEngineError, type ContainerEngine } from "../../../kernel/container-engine.ts";
import { tarEntries } from "./tar-entries.ts";

export const EXTENSIONS = "/opt/extensions";

export type Program = { readonly name: string; readonly mode: number };

type ImageFiles = {
  readonly extensions: readonly Program[];
  /** What the system says against the directory. */
  readonly refusal: string | undefined;
};

/** By an image's id, which stands for what is in it, and a directory. */
const known = new Map<string, Promise<ImageFiles>>();

/** `directory`: one that the image may not have. */
export function imageFiles(
  engine: ContainerEngine,
  image: string,
  directory: string | undefined,
  labels: object,
): Promise<ImageFiles> {
  const key = `${image} ${directory ?? ""}`;
  let files = known.get(key);
  if (files === undefined) {
    files = filesIn(engine, { Image: image, Entrypoint: [EXTENSIONS], WorkingDir: "/", Labels: labels }, directory);
    known.set(key, files);
    files.catch(() => known.delete(key));
  }
  return files;
}

/** The engine shows the files of containers only: one is made for that, and not started. */
async function filesIn(engine: ContainerEngine, settings: object, directory: string | undefined): Promise<ImageFiles> {
  const { Id } = (await engine.call("POST", "/containers/create", settings)) as { readonly Id: string };
  try {
    const refusal = directory === undefined ? undefined : await refusalOf(engine, Id, directory);
    return { extensions: await programsIn(engine, Id), refusal };
  } finally {
    await engine.call("DELETE", `/containers/${Id}?force=true&v=true`);
  }
}

async function programsIn(engine: ContainerEngine, id: string): Promise<Program[]> {
  const programs: Program[] = [];
  try {
    const archive = await engine.read(archivePath(id, EXTENSIONS));
    for await (const { name, mode, directory } of tarEntries(archive))
      if (!directory && /^(?:\.\/)?[^/]+$/.test(name)) programs.push({ name: basename(name), mode });
  } catch (error) {
    if (!(error instanceof ContainerEngineError && error.status === 404)) throw error;
  }
  return programs;
}

async function refusalOf(engine: ContainerEngine, id: string, directory: string): Promise<string | undefined> {
  try {
    await engine.call("HEAD", archivePath(id, directory));
    return undefined;
  } catch (error) {
    if (!(error instanceof ContainerEngineError)) throw error;
    // Engines have no status of their own for what is no directory.
    return error.status === 404 ? "no such file or directory" : "not a directory";
  }
}

/** The dot has links followed, and nothing but directories be found. */
const archivePath = (id: string, path: string): string =>
  `/containers/${id}/archive?path=${encodeURIComponent(`${path}/.`)}`;
