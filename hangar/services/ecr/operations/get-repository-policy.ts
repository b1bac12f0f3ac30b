// Tells who may use a repository. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetRepositoryPolicy.html

import type { GetRepositoryPolicyInput, GetRepositoryPolicyOutput } from "../../../models/ecr.d.ts";
import { noPolicy } from "../errors.ts";
import { operation, placeOf } from "../store.ts";

export const getRepositoryPolicy = operation<GetRepositoryPolicyInput, GetRepositoryPolicyOutput>((input, context) => {
  const place = placeOf(input, context);
  const { name, policy } = place.repository;
  if (policy === undefined) throw noPolicy(name, place.account);
  return { registryId: place.account, repositoryName: name, policyText: policy };
});
