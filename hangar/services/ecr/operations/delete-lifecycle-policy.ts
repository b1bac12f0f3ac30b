// Drops the rules by which images would expire. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteLifecyclePolicy.html

import type { DeleteLifecyclePolicyInput, DeleteLifecyclePolicyOutput } from "../../../models/ecr.d.ts";
import { noLifecyclePolicy } from "../errors.ts";
import { operation, placeOf } from "../store.ts";

export const deleteLifecyclePolicy = operation<DeleteLifecyclePolicyInput, DeleteLifecyclePolicyOutput>(
  (input, context) => {
    const place = placeOf(input, context);
    const { lifecyclePolicy, ...rest } = place.repository;
    if (lifecyclePolicy === undefined) throw noLifecyclePolicy(rest.name, place.account);
    place.store.repositories.put(rest.name, rest);
    return { registryId: place.account, repositoryName: rest.name, lifecyclePolicyText: lifecyclePolicy };
  },
);
