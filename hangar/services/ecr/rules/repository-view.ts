// How a repository looks in answers.

import type { Repository as RepositoryAnswer } from "../../../models/ecr.d.ts";
import type { Repository } from "../store.ts";
import { repositoryUri, type Registry } from "./repository-uri.ts";

export function repositoryView(repository: Repository, registry: Registry, origin: string): RepositoryAnswer {
  return {
    repositoryArn: repository.arn,
    registryId: registry.account,
    repositoryName: repository.name,
    repositoryUri: repositoryUri(registry, repository.name, origin),
    createdAt: new Date(repository.created),
    imageTagMutability: repository.tagMutability,
    ...(repository.exclusions === undefined ? {} : { imageTagMutabilityExclusionFilters: repository.exclusions }),
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    encryptionConfiguration: repository.encryption,
  };
}
