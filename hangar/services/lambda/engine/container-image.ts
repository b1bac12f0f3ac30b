// A function's image in the user's container engine: what CreateFunction looks up, and what an environment is made of.

import { containerEngine, ContainerEngineError, type ContainerEngine } from "../../../kernel/container-engine.ts";
import type { PulledImage } from "../../../ports/images.ts";
import { imageInvalid, imageMissing, imageUnsupported, noContainerEngine } from "../errors.ts";
import { imageUri, type ImageUri } from "../rules/image.ts";
import type { LambdaContext } from "../store.ts";
import { imageArchive } from "./image-archive.ts";
import { pullImage } from "./pull-image.ts";

type Image = {
  readonly Id: string;
  readonly Architecture?: string;
  readonly Config?: {
    readonly Entrypoint?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly WorkingDir?: string;
  };
};

/** Throws NotEmulated with the reason when no engine answers. */
export async function engineForImages(): Promise<ContainerEngine> {
  const engine = await containerEngine();
  if (typeof engine === "string") throw noContainerEngine(engine);
  return engine;
}

export type FoundImage = {
  /** By which the engine has it, whatever its name stands for later. */
  readonly id: string;
  /** By which ECR has it; the id, where only the engine does. */
  readonly digest: string;
};

/** What a URI names now: an image that was pushed, or one that the engine has by that name. */
export async function imageNamed(context: LambdaContext, uri: string, functionName: string): Promise<FoundImage> {
  const named = imageUri(uri);
  if (named === undefined) throw imageInvalid(uri);
  const engine = await engineForImages();
  const pulled = await pullImage(context, named, functionName);
  if (pulled !== undefined) return { id: await loaded(engine, pulled, { ...named, uri }), digest: pulled.digest };
  const { name, reference } = named;
  const image =
    (await inspected(engine, name)) ?? (reference.includes(":") ? await inspected(engine, reference) : undefined);
  if (image === undefined) throw imageMissing(uri);
  return { id: image.Id, digest: image.Id };
}

/** An image that was built here is in the engine already. */
async function loaded(
  engine: ContainerEngine,
  image: PulledImage,
  { uri, ...named }: ImageUri & { readonly uri: string },
): Promise<string> {
  const { config } = image;
  if (config === undefined) throw imageUnsupported(uri);
  const present = await inspected(engine, config);
  if (present !== undefined) return present.Id;
  const { account, region, repository } = named;
  const name = `${account}.dkr.ecr.${region}.amazonaws.com/${repository}:${image.digest.replace(":", "-")}`;
  await engine.load(imageArchive(image, config, name));
  const made = await inspected(engine, name);
  if (made === undefined) throw imageMissing(uri);
  return made.Id;
}

export async function inspected(engine: ContainerEngine, name: string): Promise<Image | undefined> {
  try {
    return (await engine.call("GET", `/images/${name}/json`)) as Image;
  } catch (error) {
    if (error instanceof ContainerEngineError && error.status === 404) return undefined;
    throw error;
  }
}
