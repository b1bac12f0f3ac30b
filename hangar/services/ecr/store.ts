// ECR's table: repositories.

import { operationsOn, table, type Context } from "../../cloud/operation.ts";
import { repositoryMissing } from "./errors.ts";

export type Tag = { readonly Key: string; readonly Value: string };

export type Repository = {
  readonly name: string;
  readonly arn: string;
  readonly uri: string;
  readonly created: number;
  readonly tagMutability: string;
  readonly exclusions?: readonly { readonly filterType: string; readonly filter: string }[];
  readonly scanOnPush: boolean;
  readonly encryption: { readonly encryptionType: string; readonly kmsKey?: string | undefined };
  readonly lifecyclePolicy?: string;
  readonly policy?: string;
  readonly tags: readonly Tag[];
};

export const tables = { repositories: table<Repository>() };
export type Tables = typeof tables;
export const operation = operationsOn<typeof tables>();

type Here = Pick<Context<Tables>, "account" | "region" | "store">;

export function repositoryArn(name: string, { account, region }: Here): string {
  return `arn:aws:ecr:${region}:${account}:repository/${name}`;
}

/** The name in a repository's ARN. */
export function nameIn(arn: string): string {
  return arn.slice(arn.indexOf("/") + 1);
}

export function repositoryAt(name: string, context: Here): Repository {
  const found = context.store.repositories.get(name);
  if (found === undefined) throw repositoryMissing(name, context.account);
  return found;
}
