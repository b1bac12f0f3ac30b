// Gives the rules by which images would expire. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetLifecyclePolicy.html

import type { GetLifecyclePolicyInput, GetLifecyclePolicyOutput } from "../../../models/ecr.d.ts";
import { noLifecyclePolicy } from "../errors.ts";
import { operation, placeOf } from "../store.ts";

export const getLifecyclePolicy = operation<GetLifecyclePolicyInput, GetLifecyclePolicyOutput>((input, context) => {
  const place = placeOf(input, context);
  const { name, lifecyclePolicy } = place.repository;
  if (lifecyclePolicy === undefined) throw noLifecyclePolicy(name, place.account);
  return { registryId: place.account, repositoryName: name, lifecyclePolicyText: lifecyclePolicy };
});
