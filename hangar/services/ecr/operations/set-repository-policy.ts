// Sets who may use a repository. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html

import type { SetRepositoryPolicyInput, SetRepositoryPolicyOutput } from "../../../models/ecr.d.ts";
import { invalidParameter } from "../errors.ts";
import { operation, placeOf } from "../store.ts";

export const setRepositoryPolicy = operation<SetRepositoryPolicyInput, SetRepositoryPolicyOutput>((input, context) => {
  const place = placeOf(input, context);
  const repository = place.repository;
  try {
    JSON.parse(input.policyText);
  } catch {
    throw invalidParameter("PolicyText", "Invalid repository policy provided");
  }
  place.store.repositories.put(repository.name, { ...repository, policy: input.policyText });
  return { registryId: place.account, repositoryName: repository.name, policyText: input.policyText };
});
