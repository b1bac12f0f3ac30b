// Describes images of a repository: none can be pushed here. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html

import type { DescribeImagesInput, DescribeImagesOutput } from "../../../models/ecr.d.ts";
import { imageMissing } from "../errors.ts";
import { operation, repositoryAt } from "../store.ts";

export const describeImages = operation<DescribeImagesInput, DescribeImagesOutput>((input, context) => {
  const { name } = repositoryAt(input.repositoryName, context);
  const [wanted] = input.imageIds ?? [];
  if (wanted !== undefined) throw imageMissing(wanted, name, context.account);
  return { imageDetails: [] };
});
