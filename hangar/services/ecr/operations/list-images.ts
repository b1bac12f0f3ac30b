// Lists images of a repository: none can be pushed here. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImages.html

import type { ListImagesInput, ListImagesOutput } from "../../../models/ecr.d.ts";
import { operation, repositoryAt } from "../store.ts";

export const listImages = operation<ListImagesInput, ListImagesOutput>((input, context) => {
  repositoryAt(input.repositoryName, context);
  return { imageIds: [] };
});
