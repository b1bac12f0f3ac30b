// Every error ECR returns, in AWS's words.

import { AwsError } from "../../kernel/aws-error.ts";

const where = (name: string, account: string): string =>
  `repository with name '${name}' in the registry with id '${account}'`;

export function repositoryMissing(name: string, account: string): AwsError {
  return new AwsError(
    "RepositoryNotFoundException",
    `The repository with name '${name}' does not exist in the registry with id '${account}'`,
  );
}

export function taken(name: string, account: string): AwsError {
  return new AwsError(
    "RepositoryAlreadyExistsException",
    `The repository with name '${name}' already exists in the registry with id '${account}'`,
  );
}

export function noLifecyclePolicy(name: string, account: string): AwsError {
  return new AwsError(
    "LifecyclePolicyNotFoundException",
    `Lifecycle policy does not exist for the ${where(name, account)}`,
  );
}

export function noPolicy(name: string, account: string): AwsError {
  return new AwsError(
    "RepositoryPolicyNotFoundException",
    `Repository policy does not exist for the ${where(name, account)}`,
  );
}

export function imageMissing(
  image: { readonly imageDigest?: string | undefined; readonly imageTag?: string | undefined },
  name: string,
  account: string,
): AwsError {
  return new AwsError(
    "ImageNotFoundException",
    `The image with imageId {imageDigest:'${image.imageDigest ?? "null"}', imageTag:'${image.imageTag ?? "null"}'} does not exist within the ${where(name, account)}`,
  );
}

export function invalidParameter(member: string, why: string): AwsError {
  return new AwsError(
    "InvalidParameterException",
    `Invalid parameter at '${member}' failed to satisfy constraint: '${why}'`,
  );
}
