// Drops what was said about who may use a repository. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepositoryPolicy.html

import type { DeleteRepositoryPolicyInput, DeleteRepositoryPolicyOutput } from "../../../models/ecr.d.ts";
import { noPolicy } from "../errors.ts";
import { operation, placeOf } from "../store.ts";

export const deleteRepositoryPolicy = operation<DeleteRepositoryPolicyInput, DeleteRepositoryPolicyOutput>(
  (input, context) => {
    const place = placeOf(input, context);
    const { policy, ...rest } = place.repository;
    if (policy === undefined) throw noPolicy(rest.name, place.account);
    place.store.repositories.put(rest.name, rest);
    return { registryId: place.account, repositoryName: rest.name, policyText: policy };
  },
);
