// Lists digests and tags of the images of a repository. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImages.html

import type { ImageIdentifier, ListImagesInput, ListImagesOutput } from "../../../models/ecr.d.ts";
import { pageOf } from "../rules/page.ts";
import { hasTagStatus } from "../rules/tag-status.ts";
import { allIn, operation, placeOf, type ImageRow } from "../store.ts";

export const listImages = operation<ListImagesInput, ListImagesOutput>((input, context) => {
  const place = placeOf(input, context);
  const images = [...place.store.images.rows(allIn(place))];
  const { page, next } = pageOf(
    images.filter((row) => hasTagStatus(row, input.filter?.tagStatus)).flatMap(idsOf),
    input,
  );
  return { imageIds: page, ...next };
});

function idsOf({ digest, tags }: ImageRow): ImageIdentifier[] {
  return tags.length === 0 ? [{ imageDigest: digest }] : tags.map((imageTag) => ({ imageDigest: digest, imageTag }));
}
