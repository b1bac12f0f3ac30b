// Keeps the rules by which images would expire. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutLifecyclePolicy.html

import type { PutLifecyclePolicyInput, PutLifecyclePolicyOutput } from "../../../models/ecr.d.ts";
import { invalidParameter } from "../errors.ts";
import { operation, placeOf } from "../store.ts";

export const putLifecyclePolicy = operation<PutLifecyclePolicyInput, PutLifecyclePolicyOutput>((input, context) => {
  const place = placeOf(input, context);
  const repository = place.repository;
  let policy: unknown;
  try {
    policy = JSON.parse(input.lifecyclePolicyText);
  } catch {
    policy = undefined;
  }
  if (typeof policy !== "object" || policy === null || !Array.isArray((policy as { rules?: unknown }).rules))
    throw invalidParameter("LifecyclePolicyText", "Lifecycle policy validation failure: must have rules");
  place.store.repositories.put(repository.name, { ...repository, lifecyclePolicy: input.lifecyclePolicyText });
  return {
    registryId: place.account,
    repositoryName: repository.name,
    lifecyclePolicyText: input.lifecyclePolicyText,
  };
});
