// Describes images of a repository, all or by tag and digest. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html

import type { DescribeImagesInput, DescribeImagesOutput, ImageDetail } from "../../../models/ecr.d.ts";
import { imageMissing } from "../errors.ts";
import { findImage, isFailure } from "../rules/find-image.ts";
import { readManifest, sizeOf } from "../rules/manifest.ts";
import { pageOf } from "../rules/page.ts";
import { hasTagStatus } from "../rules/tag-status.ts";
import { allIn, keyIn, operation, placeOf, type ImageRow, type Place } from "../store.ts";

export const describeImages = operation<DescribeImagesInput, DescribeImagesOutput>((input, context) => {
  const place = placeOf(input, context);
  const rows = input.imageIds?.map((imageId) => {
    const found = findImage(imageId, place);
    if (isFailure(found)) throw imageMissing(imageId, place.repository.name, place.account);
    return found;
  });
  const all = rows ?? [...place.store.images.rows(allIn(place))];
  const { page, next } = pageOf(
    all.filter((row) => hasTagStatus(row, input.filter?.tagStatus)),
    input,
  );
  return { imageDetails: page.map((row) => detailOf(row, place)), ...next };
});

function detailOf(row: ImageRow, place: Place): ImageDetail {
  const manifest = readManifest(row.manifest);
  const artifact = manifest?.config?.mediaType;
  return {
    registryId: place.account,
    repositoryName: place.repository.name,
    imageDigest: row.digest,
    ...(row.tags.length === 0 ? {} : { imageTags: row.tags }),
    imageSizeInBytes: sizesOf(row, place),
    imagePushedAt: new Date(row.pushed),
    imageManifestMediaType: row.mediaType,
    ...(artifact === undefined ? {} : { artifactMediaType: artifact }),
  };
}

/** A list is as large as its largest image. */
function sizesOf({ manifest: text }: ImageRow, place: Place): number {
  const manifest = readManifest(text);
  if (manifest === undefined) return 0;
  const images = manifest.manifests.map(({ digest }) => place.store.images.get(keyIn(place, digest)));
  return Math.max(sizeOf(manifest), ...images.map((image) => (image === undefined ? 0 : sizesOf(image, place))));
}
