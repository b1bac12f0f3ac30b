// Says whether a tag can be moved to another image. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageTagMutability.html

import type { PutImageTagMutabilityInput, PutImageTagMutabilityOutput } from "../../../models/ecr.d.ts";
import { operation, placeOf } from "../store.ts";

export const putImageTagMutability = operation<PutImageTagMutabilityInput, PutImageTagMutabilityOutput>(
  (input, context) => {
    const place = placeOf(input, context);
    const { exclusions: _, ...repository } = place.repository;
    const { imageTagMutability, imageTagMutabilityExclusionFilters } = input;
    const filters =
      imageTagMutabilityExclusionFilters === undefined ? {} : { exclusions: imageTagMutabilityExclusionFilters };
    place.store.repositories.put(repository.name, { ...repository, ...filters, tagMutability: imageTagMutability });
    return {
      registryId: place.account,
      repositoryName: repository.name,
      imageTagMutability,
      ...(imageTagMutabilityExclusionFilters === undefined ? {} : { imageTagMutabilityExclusionFilters }),
    };
  },
);
