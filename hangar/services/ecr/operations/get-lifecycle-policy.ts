// Gives the rules by which images would expire. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetLifecyclePolicy.html

import type { GetLifecyclePolicyInput, GetLifecyclePolicyOutput } from "../../../models/ecr.d.ts";
import { noLifecyclePolicy } from "../errors.ts";
import { operation, repositoryAt } from "../store.ts";

export const getLifecyclePolicy = operation<GetLifecyclePolicyInput, GetLifecyclePolicyOutput>((input, context) => {
  const { name, lifecyclePolicy } = repositoryAt(input.repositoryName, context);
  if (lifecyclePolicy === undefined) throw noLifecyclePolicy(name, context.account);
  return { registryId: context.account, repositoryName: name, lifecyclePolicyText: lifecyclePolicy };
});
