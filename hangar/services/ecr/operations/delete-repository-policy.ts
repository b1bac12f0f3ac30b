// Drops what was said about who may use a repository. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepositoryPolicy.html

import type { DeleteRepositoryPolicyInput, DeleteRepositoryPolicyOutput } from "../../../models/ecr.d.ts";
import { noPolicy } from "../errors.ts";
import { operation, repositoryAt } from "../store.ts";

export const deleteRepositoryPolicy = operation<DeleteRepositoryPolicyInput, DeleteRepositoryPolicyOutput>(
  (input, context) => {
    const { policy, ...rest } = repositoryAt(input.repositoryName, context);
    if (policy === undefined) throw noPolicy(rest.name, context.account);
    context.store.repositories.put(rest.name, rest);
    return { registryId: context.account, repositoryName: rest.name, policyText: policy };
  },
);
