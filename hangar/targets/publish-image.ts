// Builds a container image of an app in the user's container engine, under the name ECR would have it by.

import { containerEngine, ContainerEngineError } from "../kernel/container-engine.ts";
import { containerProgram, runProgram } from "../kernel/container-program.ts";
import type { ImageAsset, ImageSource } from "./assembly.ts";
import type { Progress } from "./target.ts";

type Place = { readonly account: string; readonly region: string; readonly fill: (text: string) => string };

/** Nothing is pushed: what runs images takes them from the same engine. Tags are hashes of the content: what is there is the same. */
export async function publishImage(
  asset: ImageAsset,
  { account, region, fill }: Place,
  progress: Progress,
): Promise<void> {
  const name = `${account}.dkr.ecr.${region}.amazonaws.com/${fill(asset.repository)}`;
  const tag = fill(asset.tag);
  const engine = await containerEngine();
  if (typeof engine === "string")
    throw new Error(
      `The container image ${asset.id} needs Docker or Podman (${engine}). Start one, or set DOCKER_HOST.`,
    );
  try {
    await engine.call("GET", `/images/${name}:${tag}/json`);
    return;
  } catch (error) {
    if (!(error instanceof ContainerEngineError && error.status === 404)) throw error;
  }
  const { source } = asset;
  if (source.executable !== undefined) {
    const [program = "", ...words] = source.executable;
    const built = (await runProgram(program, words, source.directory)).trim();
    await engine.call("POST", `/images/${built}/tag?${new URLSearchParams({ repo: name, tag }).toString()}`);
    return;
  }
  progress(`Building the container image ${asset.id}`);
  await runProgram(containerProgram(), buildWords(source, `${name}:${tag}`), source.directory);
}

/** As the CDK's own publisher has them. */
export function buildWords(source: ImageSource, name: string): string[] {
  const each = (option: string, values: Readonly<Record<string, string>> = {}): string[] =>
    Object.entries(values).flatMap(([key, value]) => [option, `${key}=${value}`]);
  const one = (option: string, value: string | undefined): string[] => (value === undefined ? [] : [option, value]);
  const secrets = Object.entries(source.dockerBuildSecrets ?? {}).flatMap(([id, from]) => [
    "--secret",
    `id=${id},${from}`,
  ]);
  return [
    "build",
    ...each("--build-arg", source.dockerBuildArgs),
    ...each("--build-context", source.dockerBuildContexts),
    ...secrets,
    ...one("--ssh", source.dockerBuildSsh),
    ...one("--target", source.dockerBuildTarget),
    ...one("--file", source.dockerFile),
    ...one("--network", source.networkMode),
    ...one("--platform", source.platform),
    ...(source.dockerOutputs ?? []).map((output) => `--output=${output}`),
    ...(source.cacheFrom ?? []).flatMap((cache) => ["--cache-from", cacheWords(cache)]),
    ...(source.cacheTo === undefined ? [] : ["--cache-to", cacheWords(source.cacheTo)]),
    ...(source.cacheDisabled === true ? ["--no-cache"] : []),
    "--tag",
    name,
    ".",
  ];
}

function cacheWords({ type, params = {} }: NonNullable<ImageSource["cacheTo"]>): string {
  return [`type=${type}`, ...Object.entries(params).map(([key, value]) => `${key}=${value}`)].join(",");
}
