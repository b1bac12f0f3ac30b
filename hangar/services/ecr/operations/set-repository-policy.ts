// Sets who may use a repository. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html

import type { SetRepositoryPolicyInput, SetRepositoryPolicyOutput } from "../../../models/ecr.d.ts";
import { invalidParameter } from "../errors.ts";
import { operation, repositoryAt } from "../store.ts";

export const setRepositoryPolicy = operation<SetRepositoryPolicyInput, SetRepositoryPolicyOutput>((input, context) => {
  const repository = repositoryAt(input.repositoryName, context);
  try {
    JSON.parse(input.policyText);
  } catch {
    throw invalidParameter("PolicyText", "Invalid repository policy provided");
  }
  context.store.repositories.put(repository.name, { ...repository, policy: input.policyText });
  return { registryId: context.account, repositoryName: repository.name, policyText: input.policyText };
});
