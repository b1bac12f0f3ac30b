// Deletes a repository: with images only by force. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepository.html

import type { DeleteRepositoryInput, DeleteRepositoryOutput } from "../../../models/ecr.d.ts";
import { repositoryNotEmpty } from "../errors.ts";
import { repositoryView } from "../rules/repository-view.ts";
import { allIn, operation, placeOf } from "../store.ts";

export const deleteRepository = operation<DeleteRepositoryInput, DeleteRepositoryOutput>((input, context) => {
  const place = placeOf(input, context);
  const { store, repository } = place;
  const [first] = store.images.keys(allIn(place));
  if (first !== undefined && input.force !== true) throw repositoryNotEmpty(repository.name, place.account);
  for (const table of [store.images, store.tags, store.layers, store.uploads]) {
    const keys = [...table.keys(allIn(place))];
    for (const key of keys) table.delete(key);
  }
  store.repositories.delete(repository.name);
  return { repository: repositoryView(repository, place, context.request.origin) };
});
