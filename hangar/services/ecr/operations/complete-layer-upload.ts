// Makes a layer of the parts that were taken in, when their digest is as it was said. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CompleteLayerUpload.html

import type { CompleteLayerUploadInput, CompleteLayerUploadOutput } from "../../../models/ecr.d.ts";
import { emptyUpload, invalidLayer, layerExists, partTooSmall, uploadMissing } from "../errors.ts";
import { keyIn, operation, placeOf, type EcrContext, type UploadRow } from "../store.ts";

const LEAST = 5 * 1024 * 1024;

export const completeLayerUpload = operation<CompleteLayerUploadInput, CompleteLayerUploadOutput>(
  async (input, context) => {
    const place = placeOf(input, context);
    const { account, store } = place;
    const { repositoryName, uploadId } = input;
    const key = keyIn(place, uploadId);
    const upload = store.uploads.get(key);
    if (upload === undefined) throw uploadMissing(uploadId, repositoryName, account);
    if (upload.parts.length === 0) throw emptyUpload(uploadId, repositoryName, account);
    if (upload.parts.slice(0, -1).some(({ size }) => size < LEAST)) throw partTooSmall();
    const [digest = ""] = input.layerDigests;
    if (store.layers.has(keyIn(place, digest))) {
      store.uploads.delete(key);
      throw layerExists(digest, repositoryName, account);
    }
    const { hash, size } = await whole(upload, context);
    const layerDigest = `sha256:${hash}`;
    if (!input.layerDigests.includes(layerDigest)) throw invalidLayer(digest, layerDigest);
    store.layers.put(keyIn(place, layerDigest), { digest: layerDigest, size });
    store.uploads.delete(key);
    return { registryId: account, repositoryName, uploadId, layerDigest };
  },
);

/** A blob is named by its SHA-256, as a layer is. */
async function whole({ parts }: UploadRow, { blobs }: EcrContext): Promise<{ hash: string; size: number }> {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return blobs.put(joined());

  async function* joined(): AsyncGenerator<Uint8Array> {
    for (const { hash } of parts) yield* blobs.read(hash);
  }
}
