// What each operation of ECR needs: an action on a repository, which may have a policy of its own.

import type { AccessRule } from "../../cloud/service.ts";
import { nameIn, registryOf, repositoryArn, type Tables } from "./store.ts";

type Input = {
  readonly registryId?: string;
  readonly repositoryName?: string;
  readonly repositoryNames?: readonly string[];
  readonly resourceArn?: string;
};

function rule(action: string): AccessRule<Tables> {
  return (input: Input, context) => {
    const here = registryOf(input.registryId, context);
    const named = input.repositoryName ?? (input.resourceArn === undefined ? undefined : nameIn(input.resourceArn));
    const names = named === undefined ? (input.repositoryNames ?? []) : [named];
    const owner = here.account;
    if (names.length === 0) return [{ action: `ecr:${action}`, resource: repositoryArn("*", here), owner }];
    return names.map((name) => {
      const found = here.store.repositories.get(name);
      return {
        action: `ecr:${action}`,
        resource: repositoryArn(name, here),
        owner,
        policy: found?.policy,
        conditions: Object.fromEntries((found?.tags ?? []).map((tag) => [`aws:ResourceTag/${tag.Key}`, tag.Value])),
      };
    });
  };
}

const ACTIONS =
  "BatchCheckLayerAvailability BatchDeleteImage BatchGetImage CompleteLayerUpload CreateRepository DeleteLifecyclePolicy DeleteRepository DeleteRepositoryPolicy DescribeImages DescribeRepositories GetDownloadUrlForLayer GetLifecyclePolicy GetRepositoryPolicy InitiateLayerUpload ListImages ListTagsForResource PutImage PutImageScanningConfiguration PutImageTagMutability PutLifecyclePolicy SetRepositoryPolicy TagResource UntagResource UploadLayerPart";

export const access: Readonly<Record<string, AccessRule<Tables>>> = {
  ...Object.fromEntries(ACTIONS.split(" ").map((action) => [action, rule(action)])),
  GetAuthorizationToken: () => [{ action: "ecr:GetAuthorizationToken", resource: "*" }],
};
