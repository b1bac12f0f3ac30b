// Makes a repository. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html

import type { CreateRepositoryInput, CreateRepositoryOutput } from "../../../models/ecr.d.ts";
import { taken } from "../errors.ts";
import { repositoryView } from "../rules/repository-view.ts";
import { operation, repositoryArn, type Repository } from "../store.ts";

export const createRepository = operation<CreateRepositoryInput, CreateRepositoryOutput>((input, context) => {
  const { account, clock, store } = context;
  if (store.repositories.has(input.repositoryName)) throw taken(input.repositoryName, account);
  const repository: Repository = {
    name: input.repositoryName,
    arn: repositoryArn(input.repositoryName, context),
    created: clock.now(),
    tagMutability: input.imageTagMutability ?? "MUTABLE",
    ...(input.imageTagMutabilityExclusionFilters === undefined
      ? {}
      : { exclusions: input.imageTagMutabilityExclusionFilters }),
    scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
    encryption: input.encryptionConfiguration ?? { encryptionType: "AES256" },
    tags: (input.tags ?? []).map((tag) => ({ Key: tag.Key, Value: tag.Value })),
  };
  store.repositories.put(repository.name, repository);
  return { repository: repositoryView(repository, context, context.request.origin) };
});
