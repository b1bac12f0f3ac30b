// Gives manifests of images. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html

import type { BatchGetImageInput, BatchGetImageOutput } from "../../../models/ecr.d.ts";
import { imageAnswer } from "../rules/image-answer.ts";
import { findImage, isFailure } from "../rules/find-image.ts";
import { operation, placeOf } from "../store.ts";

export const batchGetImage = operation<BatchGetImageInput, BatchGetImageOutput>((input, context) => {
  const place = placeOf(input, context);
  const found = input.imageIds.map((imageId) => ({ row: findImage(imageId, place), tag: imageId.imageTag }));
  return {
    images: found.flatMap(({ row, tag }) => (isFailure(row) ? [] : [imageAnswer(row, place, tag)])),
    failures: found.flatMap(({ row }) => (isFailure(row) ? [row] : [])),
  };
});
