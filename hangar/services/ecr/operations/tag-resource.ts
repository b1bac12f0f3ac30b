// Tags a repository. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_TagResource.html

import type { TagResourceInput, TagResourceOutput } from "../../../models/ecr.d.ts";
import { nameIn, operation, repositoryAt } from "../store.ts";

export const tagResource = operation<TagResourceInput, TagResourceOutput>((input, context) => {
  const repository = repositoryAt(nameIn(input.resourceArn), context);
  const tags = new Map(repository.tags.map((tag) => [tag.Key, tag.Value]));
  for (const tag of input.tags) tags.set(tag.Key, tag.Value);
  context.store.repositories.put(repository.name, {
    ...repository,
    tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
  });
  return {};
});
