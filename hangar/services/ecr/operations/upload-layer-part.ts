// Takes in a part of a layer: each follows the one before. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UploadLayerPart.html

import type { UploadLayerPartInput, UploadLayerPartOutput } from "../../../models/ecr.d.ts";
import { invalidLayerPart, uploadMissing } from "../errors.ts";
import { keyIn, operation, placeOf } from "../store.ts";

export const uploadLayerPart = operation<UploadLayerPartInput, UploadLayerPartOutput>(async (input, context) => {
  const place = placeOf(input, context);
  const key = keyIn(place, input.uploadId);
  const { layerPartBlob: bytes, partFirstByte: first, partLastByte: last } = input;
  const { size: from } = place.store.uploads.get(key) ?? missing();
  const named = { registryId: place.account, repositoryName: input.repositoryName, uploadId: input.uploadId };
  if (first !== from || last - first + 1 !== bytes.length) throw invalidLayerPart(named, from);
  const { hash, size } = await context.blobs.putBytes(bytes);
  const upload = place.store.uploads.get(key) ?? missing();
  if (upload.size !== from) throw invalidLayerPart(named, upload.size);
  place.store.uploads.put(key, { ...upload, size: from + size, parts: [...upload.parts, { hash, size }] });
  return { ...named, lastByteReceived: from + size - 1 };

  function missing(): never {
    throw uploadMissing(input.uploadId, input.repositoryName, place.account);
  }
});
