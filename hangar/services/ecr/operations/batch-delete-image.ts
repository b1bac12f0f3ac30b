// Deletes images, or tags of them: an image goes with its last tag. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html

import type {
  BatchDeleteImageInput,
  BatchDeleteImageOutput,
  ImageFailure,
  ImageIdentifier,
} from "../../../models/ecr.d.ts";
import { deleteImage } from "../rules/delete-image.ts";
import { findImage, isFailure } from "../rules/find-image.ts";
import { readManifest } from "../rules/manifest.ts";
import { allIn, keyIn, operation, placeOf, type Place } from "../store.ts";

export const batchDeleteImage = operation<BatchDeleteImageInput, BatchDeleteImageOutput>((input, context) => {
  const place = placeOf(input, context);
  const imageIds: ImageIdentifier[] = [];
  const failures: ImageFailure[] = [];
  for (const imageId of input.imageIds) {
    const { gone = [], failure } = remove(imageId, place);
    imageIds.push(...gone);
    if (failure !== undefined) failures.push(failure);
  }
  return { imageIds, failures };
});

type Removed = { readonly gone?: readonly ImageIdentifier[]; readonly failure?: ImageFailure };

function remove(imageId: ImageIdentifier, place: Place): Removed {
  const image = findImage(imageId, place);
  if (isFailure(image)) return { failure: image };
  const { digest: imageDigest, tags } = image;
  const { imageTag } = imageId;
  if (imageTag !== undefined && tags.length > 1) {
    place.store.tags.delete(keyIn(place, imageTag));
    place.store.images.put(keyIn(place, imageDigest), { ...image, tags: tags.filter((tag) => tag !== imageTag) });
    return { gone: [{ imageDigest, imageTag }] };
  }
  const lists = listsOf(imageDigest, place);
  if (lists.length > 0) {
    const failureReason = `Requested image referenced by manifest list: [${lists.join(", ")}]`;
    return { failure: { imageId, failureCode: "ImageReferencedByManifestList", failureReason } };
  }
  deleteImage(image, place);
  return { gone: tags.length === 0 ? [{ imageDigest }] : tags.map((each) => ({ imageDigest, imageTag: each })) };
}

function listsOf(digest: string, place: Place): string[] {
  return [...place.store.images.rows(allIn(place))]
    .filter(({ manifest }) => readManifest(manifest)?.manifests.some((each) => each.digest === digest))
    .map((row) => row.digest);
}
