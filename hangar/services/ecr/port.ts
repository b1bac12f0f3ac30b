// What ECR gives the house: images out of repositories, to who may pull them.

import type { ImagesPort } from "../../ports/images.ts";
import { batchGetImage } from "./operations/batch-get-image.ts";
import { getDownloadUrlForLayer } from "./operations/get-download-url-for-layer.ts";
import { sha256 } from "./rules/image-answer.ts";
import { layersOf, readManifest } from "./rules/manifest.ts";
import type { EcrContext } from "./store.ts";

export function imagesPort(context: EcrContext): ImagesPort {
  return {
    async pull({ account, region, repository, reference }, as) {
      const { repositories } = context.storeAt(account, region);
      if (!repositories.has(repository)) return undefined;
      const options = { as, account, region };
      const imageIds = [reference.includes(":") ? { imageDigest: reference } : { imageTag: reference }];
      const { images = [] } = (await context.call(
        batchGetImage as never,
        { repositoryName: repository, imageIds } as never,
        options,
      )) as {
        readonly images?: readonly { readonly imageManifest?: string; readonly imageManifestMediaType?: string }[];
      };
      const [image] = images;
      const text = image?.imageManifest;
      const manifest = text === undefined ? undefined : readManifest(text);
      if (text === undefined || manifest === undefined) return undefined;
      const [first] = layersOf(manifest);
      if (first !== undefined)
        await context.call(
          getDownloadUrlForLayer as never,
          { repositoryName: repository, layerDigest: first } as never,
          options,
        );
      const { config, layers } = manifest;
      return {
        digest: sha256(text),
        config: config?.digest,
        layers,
        read: (digest) => context.blobs.read(digest.slice("sha256:".length)),
      };
    },
  };
}
