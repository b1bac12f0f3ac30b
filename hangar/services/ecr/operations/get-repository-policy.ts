// Tells who may use a repository. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetRepositoryPolicy.html

import type { GetRepositoryPolicyInput, GetRepositoryPolicyOutput } from "../../../models/ecr.d.ts";
import { noPolicy } from "../errors.ts";
import { operation, repositoryAt } from "../store.ts";

export const getRepositoryPolicy = operation<GetRepositoryPolicyInput, GetRepositoryPolicyOutput>((input, context) => {
  const { name, policy } = repositoryAt(input.repositoryName, context);
  if (policy === undefined) throw noPolicy(name, context.account);
  return { registryId: context.account, repositoryName: name, policyText: policy };
});
