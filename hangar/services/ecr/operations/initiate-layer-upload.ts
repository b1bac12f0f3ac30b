// Begins to take in a layer. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_InitiateLayerUpload.html

import type { InitiateLayerUploadInput, InitiateLayerUploadOutput } from "../../../models/ecr.d.ts";
import { keyIn, operation, placeOf } from "../store.ts";

const PART = 20 * 1024 * 1024;

export const initiateLayerUpload = operation<InitiateLayerUploadInput, InitiateLayerUploadOutput>((input, context) => {
  const place = placeOf(input, context);
  const id = context.ids.uuid();
  place.store.uploads.put(keyIn(place, id), { id, size: 0, parts: [] });
  return { uploadId: id, partSize: PART };
});
