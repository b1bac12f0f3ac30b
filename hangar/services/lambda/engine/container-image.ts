// A function's image in the user's container engine: what CreateFunction looks up, and what an environment is made of.

import { containerEngine, ContainerEngineError, type ContainerEngine } from "../../../kernel/container-engine.ts";
import { imageInvalid, imageMissing, noContainerEngine } from "../errors.ts";

type Image = {
  readonly Id: string;
  readonly Config?: {
    readonly Entrypoint?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly WorkingDir?: string;
  };
};

const URI =
  /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/[a-z0-9._/-]+(?::[\w.-]{1,128})?(?:@(sha256:[0-9a-f]{64}))?$/;

/** Throws NotEmulated with the reason when no engine answers. */
export async function engineForImages(): Promise<ContainerEngine> {
  const engine = await containerEngine();
  if (typeof engine === "string") throw noContainerEngine(engine);
  return engine;
}

/** The id of what a URI names now: a function keeps it, whatever the name stands for later. */
export async function imageNamed(uri: string): Promise<string> {
  const matched = URI.exec(uri);
  if (matched === null) throw imageInvalid(uri);
  const engine = await engineForImages();
  const image =
    (await inspected(engine, uri)) ?? (matched[1] === undefined ? undefined : await inspected(engine, matched[1]));
  if (image === undefined) throw imageMissing(uri);
  return image.Id;
}

export async function inspected(engine: ContainerEngine, name: string): Promise<Image | undefined> {
  try {
    return (await engine.call("GET", `/images/${name}/json`)) as Image;
  } catch (error) {
    if (error instanceof ContainerEngineError && error.status === 404) return undefined;
    throw error;
  }
}
