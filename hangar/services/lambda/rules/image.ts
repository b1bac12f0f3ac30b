// What a function made of a container image may have, and what one made of an archive may not.

import type { ImageConfig } from "../../../models/lambda.d.ts";
import type { ImageName } from "../../../ports/images.ts";
import { invalidParameter } from "../errors.ts";

type Settings = {
  readonly Runtime?: string | undefined;
  readonly Handler?: string | undefined;
  readonly Layers?: readonly string[] | undefined;
  readonly ImageConfig?: ImageConfig | undefined;
};

export function checkImageSettings({ Runtime, Handler, Layers }: Settings): void {
  if (Runtime !== undefined || Handler !== undefined)
    throw invalidParameter(
      "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.",
    );
  if ((Layers ?? []).length > 0)
    throw invalidParameter("Lambda layers are not supported for functions created with container images.");
}

export function checkArchiveSettings(given: Settings): void {
  if (given.ImageConfig !== undefined)
    throw invalidParameter("Please don't provide ImageConfig when the intended function PackageType is Zip.");
}

/** An empty one takes back what was set. */
export function keptImageConfig(config: ImageConfig | undefined): ImageConfig | undefined {
  return config === undefined || Object.keys(config).length === 0 ? undefined : config;
}

export type ImageUri = ImageName & {
  /** As AWS writes it. */
  readonly name: string;
};

/** `[host/]account.dkr.ecr.region.amazonaws.com/repository[:tag][@digest]`: ours have the endpoint before AWS's own name. */
const URI =
  /^(?:[a-z0-9.-]+:\d+\/)?((\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([a-z0-9._/-]+)(?::([\w.-]{1,128}))?(?:@(sha256:[0-9a-f]{64}))?)$/;

export function imageUri(uri: string): ImageUri | undefined {
  const [, name, account, region, repository, tag = "latest", digest] = URI.exec(uri) ?? [];
  if (name === undefined || account === undefined || region === undefined || repository === undefined) return undefined;
  return { name, account, region, repository, reference: digest ?? tag };
}

/** Without tag and digest. */
export function repositoryOf(uri: string): string {
  return uri.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
}
