// How an image looks in answers that bring its manifest.

import { createHash } from "node:crypto";
import type { Image } from "../../../models/ecr.d.ts";
import type { ImageRow, Place } from "../store.ts";

export const sha256 = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex")}`;

export function imageAnswer(row: ImageRow, { account, repository }: Place, tag: string | undefined): Image {
  return {
    registryId: account,
    repositoryName: repository.name,
    imageId: { imageDigest: row.digest, ...(tag === undefined ? {} : { imageTag: tag }) },
    imageManifest: row.manifest,
    imageManifestMediaType: row.mediaType,
  };
}
