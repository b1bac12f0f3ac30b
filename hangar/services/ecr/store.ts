// ECR's tables: repositories, their images and layers, uploads under way, and who may log in.

import type { Caller } from "../../cloud/operation.ts";
import { operationsOn, table, type Context } from "../../cloud/operation.ts";
import { repositoryMissing } from "./errors.ts";

export type Tag = { readonly Key: string; readonly Value: string };

export type Repository = {
  readonly name: string;
  readonly arn: string;
  readonly created: number;
  readonly tagMutability: string;
  readonly exclusions?: readonly { readonly filterType: string; readonly filter: string }[];
  readonly scanOnPush: boolean;
  readonly encryption: { readonly encryptionType: string; readonly kmsKey?: string | undefined };
  readonly lifecyclePolicy?: string;
  readonly policy?: string;
  readonly tags: readonly Tag[];
};

/** By repository and digest; the manifest is kept as it was pushed, since its digest is its name. */
export type ImageRow = {
  readonly digest: string;
  readonly manifest: string;
  readonly mediaType: string;
  readonly tags: readonly string[];
  readonly pushed: number;
};

/** By repository and digest. The blob's name is the digest's. */
export type LayerRow = { readonly digest: string; readonly size: number };

/** By repository and id. */
export type UploadRow = {
  readonly id: string;
  readonly size: number;
  readonly parts: readonly { readonly hash: string; readonly size: number }[];
};

/** What an authorization token stands for, or the ticket in a layer's address, which is for that layer alone. */
export type TokenRow = {
  readonly id: string;
  readonly caller: Caller;
  readonly expires: number;
  readonly layer?: string;
};

export const tables = {
  repositories: table<Repository>(),
  images: table<ImageRow>(),
  /** The digest that a tag stands for. */
  tags: table<string>(),
  layers: table<LayerRow>(),
  uploads: table<UploadRow>(),
  tokens: table<TokenRow>(),
};
export type Tables = typeof tables;
export type EcrContext = Context<Tables>;
export const operation = operationsOn<typeof tables>();

type Here = Pick<EcrContext, "account" | "region" | "store">;
/** A repository in the registry it is in. */
export type Place = Here & { readonly repository: Repository };

export function repositoryArn(name: string, { account, region }: Omit<Here, "store">): string {
  return `arn:aws:ecr:${region}:${account}:repository/${name}`;
}

/** The name in a repository's ARN. */
export function nameIn(arn: string): string {
  return arn.slice(arn.indexOf("/") + 1);
}

type Named = { readonly repositoryName: string; readonly registryId?: string | undefined };

/** The registry of another account, where one is named. */
export function registryOf(registryId: string | undefined, context: EcrContext): Here {
  const { region } = context;
  const account = registryId ?? context.account;
  return { account, region, store: account === context.account ? context.store : context.storeAt(account, region) };
}

/** In the registry of another account, where one is named. */
export function placeOf({ repositoryName, registryId }: Named, context: EcrContext): Place {
  const here = registryOf(registryId, context);
  return { ...here, repository: repositoryAt(repositoryName, here) };
}

export function repositoryAt(name: string, { account, store }: Here): Repository {
  const found = store.repositories.get(name);
  if (found === undefined) throw repositoryMissing(name, account);
  return found;
}

/** What images, tags, layers and uploads of a repository are kept by: no name has a space. */
export const keyIn = ({ repository }: Place, name: string): string => `${repository.name} ${name}`;
export const allIn = ({ repository }: Place): { readonly prefix: string } => ({ prefix: `${repository.name} ` });
