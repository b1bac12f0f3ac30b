// Drops the rules by which images would expire. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteLifecyclePolicy.html

import type { DeleteLifecyclePolicyInput, DeleteLifecyclePolicyOutput } from "../../../models/ecr.d.ts";
import { noLifecyclePolicy } from "../errors.ts";
import { operation, repositoryAt } from "../store.ts";

export const deleteLifecyclePolicy = operation<DeleteLifecyclePolicyInput, DeleteLifecyclePolicyOutput>(
  (input, context) => {
    const { lifecyclePolicy, ...rest } = repositoryAt(input.repositoryName, context);
    if (lifecyclePolicy === undefined) throw noLifecyclePolicy(rest.name, context.account);
    context.store.repositories.put(rest.name, rest);
    return { registryId: context.account, repositoryName: rest.name, lifecyclePolicyText: lifecyclePolicy };
  },
);
