// Says whether a tag can be moved to another image. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageTagMutability.html

import type { PutImageTagMutabilityInput, PutImageTagMutabilityOutput } from "../../../models/ecr.d.ts";
import { operation, repositoryAt } from "../store.ts";

export const putImageTagMutability = operation<PutImageTagMutabilityInput, PutImageTagMutabilityOutput>(
  (input, context) => {
    const { exclusions: _, ...repository } = repositoryAt(input.repositoryName, context);
    const { imageTagMutability, imageTagMutabilityExclusionFilters } = input;
    const filters =
      imageTagMutabilityExclusionFilters === undefined ? {} : { exclusions: imageTagMutabilityExclusionFilters };
    context.store.repositories.put(repository.name, { ...repository, ...filters, tagMutability: imageTagMutability });
    return {
      registryId: context.account,
      repositoryName: repository.name,
      imageTagMutability,
      ...(imageTagMutabilityExclusionFilters === undefined ? {} : { imageTagMutabilityExclusionFilters }),
    };
  },
);
