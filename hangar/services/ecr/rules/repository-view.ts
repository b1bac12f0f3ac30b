// How a repository looks in answers.

import type { Repository as RepositoryAnswer } from "../../../models/ecr.d.ts";
import type { Repository } from "../store.ts";

export function repositoryView(repository: Repository, account: string): RepositoryAnswer {
  return {
    repositoryArn: repository.arn,
    registryId: account,
    repositoryName: repository.name,
    repositoryUri: repository.uri,
    createdAt: new Date(repository.created),
    imageTagMutability: repository.tagMutability,
    ...(repository.exclusions === undefined ? {} : { imageTagMutabilityExclusionFilters: repository.exclusions }),
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    encryptionConfiguration: repository.encryption,
  };
}
