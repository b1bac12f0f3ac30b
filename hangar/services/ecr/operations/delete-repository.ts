// Deletes a repository: there is never an image in it. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepository.html

import type { DeleteRepositoryInput, DeleteRepositoryOutput } from "../../../models/ecr.d.ts";
import { repositoryView } from "../rules/repository-view.ts";
import { operation, repositoryAt } from "../store.ts";

export const deleteRepository = operation<DeleteRepositoryInput, DeleteRepositoryOutput>((input, context) => {
  const repository = repositoryAt(input.repositoryName, context);
  context.store.repositories.delete(repository.name);
  return { repository: repositoryView(repository, context.account) };
});
