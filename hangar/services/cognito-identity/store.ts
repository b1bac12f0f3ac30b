// The tables of identity pools: pools, their roles and tags, identities, and the logins that are linked to them.

import { operationsOn, table, type Context, type Store } from "../../cloud/operation.ts";
import type { SigningKeyRow } from "../../kernel/json-web-token.ts";
import { compositeKey } from "../../kernel/table.ts";
import type { IdentityPool, RoleMappingMap } from "../../models/cognito-identity.d.ts";

export type PoolRow = Omit<IdentityPool, "IdentityPoolTags"> & {
  readonly account: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
};

export type RolesRow = {
  readonly Roles: Readonly<Record<string, string>>;
  readonly RoleMappings?: RoleMappingMap | undefined;
};

/** Times are milliseconds. */
export type IdentityRow = {
  readonly id: string;
  readonly pool: string;
  readonly created: number;
  readonly modified: number;
  /** In the order in which they were linked. A user of a developer provider may have several. */
  readonly logins: readonly Login[];
};

export type Login = { readonly provider: string; readonly subject: string };

export type TagMapRow = { readonly useDefaults: boolean; readonly tags: Readonly<Record<string, string>> };

export const tables = {
  pools: table<PoolRow>(),
  roles: table<RolesRow>(),
  /** Pool, provider. */
  tagMaps: table<TagMapRow>(),
  identities: table<IdentityRow>(),
  /** Pool, identity. */
  identitiesOfPools: table<number>(),
  /** Pool, provider, subject -> identity. */
  logins: table<string>(),
  /** One for all pools of the account and region. */
  signingKeys: table<SigningKeyRow>(),
};

export type Tables = typeof tables;
export type IdentityContext = Context<Tables>;
export type IdentityStore = Store<Tables>;

/** A pool with the tables it lives in: unsigned calls name no account and no region. */
export type Place = { readonly pool: PoolRow; readonly store: IdentityStore };
export type IdentityPlace = Place & { readonly identity: IdentityRow };

export const operation = operationsOn<Tables>();
export const key = compositeKey;

export function poolArn(region: string, account: string, id: string): string {
  return `arn:aws:cognito-identity:${region}:${account}:identitypool/${id}`;
}
