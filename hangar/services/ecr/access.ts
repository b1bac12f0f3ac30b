// What each operation of ECR needs: an action on a repository, which may have a policy of its own.

import type { AccessRule } from "../../cloud/service.ts";
import { nameIn, repositoryArn, type Tables } from "./store.ts";

type Input = {
  readonly repositoryName?: string;
  readonly repositoryNames?: readonly string[];
  readonly resourceArn?: string;
};

function rule(action: string): AccessRule<Tables> {
  return (input: Input, context) => {
    const named = input.repositoryName ?? (input.resourceArn === undefined ? undefined : nameIn(input.resourceArn));
    const names = named === undefined ? (input.repositoryNames ?? []) : [named];
    if (names.length === 0) return [{ action: `ecr:${action}`, resource: repositoryArn("*", context) }];
    return names.map((name) => {
      const found = context.store.repositories.get(name);
      return {
        action: `ecr:${action}`,
        resource: repositoryArn(name, context),
        policy: found?.policy,
        conditions: Object.fromEntries((found?.tags ?? []).map((tag) => [`aws:ResourceTag/${tag.Key}`, tag.Value])),
      };
    });
  };
}

const ACTIONS =
  "CreateRepository DeleteLifecyclePolicy DeleteRepository DeleteRepositoryPolicy DescribeImages DescribeRepositories GetLifecyclePolicy GetRepositoryPolicy ListImages ListTagsForResource PutImageScanningConfiguration PutImageTagMutability PutLifecyclePolicy SetRepositoryPolicy TagResource UntagResource";

export const access: Readonly<Record<string, AccessRule<Tables>>> = Object.fromEntries(
  ACTIONS.split(" ").map((action) => [action, rule(action)]),
);
