// What suites of images share: a cloud with a repository, and layers and images in it.

import { createHash } from "node:crypto";
import * as sdk from "@aws-sdk/client-ecr";
import { startCloud, type RunningCloud } from "../../../index.ts";

export const repositoryName = "team/app";
export const IMAGE = "application/vnd.docker.distribution.manifest.v2+json";
export const CONFIG = "application/vnd.docker.container.image.v1+json";
export const LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";

export const digestOf = (bytes: Uint8Array | string): string =>
  `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

export type Registry = { readonly cloud: RunningCloud; readonly ecr: sdk.ECRClient };

export async function startRegistry(options: { readonly listen?: boolean } = {}): Promise<Registry> {
  const cloud = await startCloud({ seed: "registry", ...options });
  const ecr = new sdk.ECRClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  await ecr.send(new sdk.CreateRepositoryCommand({ repositoryName }));
  return { cloud, ecr };
}

/** Its digest. */
export async function uploadLayer({ ecr }: Registry, text: string): Promise<string> {
  const layerPartBlob = Buffer.from(text);
  const { uploadId } = await ecr.send(new sdk.InitiateLayerUploadCommand({ repositoryName }));
  const part = { repositoryName, uploadId, partFirstByte: 0, partLastByte: layerPartBlob.length - 1, layerPartBlob };
  await ecr.send(new sdk.UploadLayerPartCommand(part));
  const layerDigests = [digestOf(text)];
  const done = await ecr.send(new sdk.CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests }));
  return done.layerDigest ?? "";
}

export function manifestOf(config: string, layers: readonly string[]): string {
  const of = (mediaType: string, text: string): object => ({ mediaType, size: text.length, digest: digestOf(text) });
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: IMAGE,
    config: of(CONFIG, config),
    layers: layers.map((layer) => of(LAYER, layer)),
  });
}

/** The manifest of an image that was put with its layers. */
export async function putImage(registry: Registry, name: string, imageTag?: string): Promise<string> {
  const imageManifest = manifestOf(`config of ${name}`, ["shared", `layer of ${name}`]);
  for (const text of [`config of ${name}`, "shared", `layer of ${name}`])
    await uploadLayer(registry, text).catch((error: Error) => {
      if (error.name !== "LayerAlreadyExistsException") throw error;
    });
  await registry.ecr.send(new sdk.PutImageCommand({ repositoryName, imageManifest, imageTag }));
  return imageManifest;
}

export async function refusal(call: Promise<unknown>): Promise<string> {
  const error = (await call.then(
    () => new Error("It was not refused."),
    (thrown: unknown) => thrown,
  )) as Error;
  return `${error.name} ${error.message}`;
}
