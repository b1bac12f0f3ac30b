// The image that a digest, a tag or both stand for, or why none does.

import type { ImageFailure, ImageIdentifier } from "../../../models/ecr.d.ts";
import { keyIn, type ImageRow, type Place } from "../store.ts";

export function findImage(imageId: ImageIdentifier, place: Place): ImageRow | ImageFailure {
  const { imageDigest, imageTag } = imageId;
  const failure = (failureCode: string, failureReason: string): ImageFailure => ({
    imageId,
    failureCode,
    failureReason,
  });
  if (imageDigest === undefined && imageTag === undefined)
    return failure("MissingDigestAndTag", "Invalid request parameters: both tag and digest cannot be null");
  if (imageDigest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(imageDigest))
    return failure(
      "InvalidImageDigest",
      "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
    );
  const tagged = imageTag === undefined ? undefined : place.store.tags.get(keyIn(place, imageTag));
  const image = place.store.images.get(keyIn(place, imageDigest ?? tagged ?? ""));
  if (image === undefined) return failure("ImageNotFound", "Requested image not found");
  if (imageTag !== undefined && tagged !== image.digest)
    return tagged === undefined
      ? failure("ImageNotFound", "Requested image not found")
      : failure("ImageTagDoesNotMatchDigest", "Image tag does not match image digest");
  return image;
}

export const isFailure = (found: ImageRow | ImageFailure): found is ImageFailure => "failureCode" in found;
