// Takes tags off a repository. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UntagResource.html

import type { UntagResourceInput, UntagResourceOutput } from "../../../models/ecr.d.ts";
import { nameIn, operation, repositoryAt } from "../store.ts";

export const untagResource = operation<UntagResourceInput, UntagResourceOutput>((input, context) => {
  const repository = repositoryAt(nameIn(input.resourceArn), context);
  context.store.repositories.put(repository.name, {
    ...repository,
    tags: repository.tags.filter((tag) => !input.tagKeys.includes(tag.Key)),
  });
  return {};
});
