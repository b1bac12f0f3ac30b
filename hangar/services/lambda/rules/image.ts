// What a function made of a container image may have, and what one made of an archive may not.

import type { ImageConfig } from "../../../models/lambda.d.ts";
import { invalidParameter } from "../errors.ts";

type Settings = {
  readonly Runtime?: string | undefined;
  readonly Handler?: string | undefined;
  readonly Layers?: readonly string[] | undefined;
  readonly ImageConfig?: ImageConfig | undefined;
};

export function checkImageSettings({ Runtime, Handler, Layers }: Settings): void {
  if (Runtime !== undefined || Handler !== undefined || (Layers ?? []).length > 0)
    throw invalidParameter(
      "Please don't provide a Handler or Runtime or Layer when the intended function PackageType is Image.",
    );
}

export function checkArchiveSettings(given: Settings): void {
  if (given.ImageConfig !== undefined)
    throw invalidParameter("Please don't provide ImageConfig when the intended function PackageType is Zip.");
}

/** An empty one takes back what was set. */
export function keptImageConfig(config: ImageConfig | undefined): ImageConfig | undefined {
  return config === undefined || Object.keys(config).length === 0 ? undefined : config;
}

/** `account.dkr.ecr.region.amazonaws.com/name`, without tag and digest. */
export function repositoryOf(uri: string): string {
  return uri.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
}
