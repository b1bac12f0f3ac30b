// Pools and identities by id, in whatever account and region they are.

import type { SigningKeyRow } from "../../../kernel/json-web-token.ts";
import { identityNotFound, poolNotFound } from "../errors.ts";
import {
  key,
  type IdentityContext,
  type IdentityPlace,
  type IdentityRow,
  type IdentityStore,
  type Place,
} from "../store.ts";

/** Of the caller's own account and region: for calls that are signed. */
export function findPool({ store }: IdentityContext, id: string): Place {
  const pool = store.pools.get(id);
  if (pool === undefined) throw poolNotFound(id);
  return { pool, store };
}

export function poolAnywhere(context: IdentityContext, id: string): Place {
  for (const store of storesOf(context)) {
    const pool = store.pools.get(id);
    if (pool !== undefined) return { pool, store };
  }
  throw poolNotFound(id);
}

export function identityAnywhere(context: IdentityContext, id: string): IdentityPlace {
  for (const store of storesOf(context)) {
    const identity = store.identities.get(id);
    const pool = store.pools.get(identity?.pool ?? "");
    if (identity !== undefined && pool !== undefined) return { pool, store, identity };
  }
  throw identityNotFound(id);
}

export function findIdentity({ store }: IdentityContext, id: string): IdentityPlace {
  const identity = store.identities.get(id);
  const pool = store.pools.get(identity?.pool ?? "");
  if (identity === undefined || pool === undefined) throw identityNotFound(id);
  return { pool, store, identity };
}

/** Also those it had, so that logins that were unlinked are free. */
export function put({ pool, store }: Place, identity: IdentityRow): IdentityRow {
  const id = pool.IdentityPoolId;
  for (const { provider, subject } of store.identities.get(identity.id)?.logins ?? [])
    store.logins.delete(key(id, provider, subject));
  for (const { provider, subject } of identity.logins) store.logins.put(key(id, provider, subject), identity.id);
  store.identities.put(identity.id, identity);
  store.identitiesOfPools.put(key(id, identity.id), identity.created);
  return identity;
}

export function remove({ pool, store }: Place, identity: IdentityRow): void {
  for (const { provider, subject } of identity.logins) store.logins.delete(key(pool.IdentityPoolId, provider, subject));
  store.identities.delete(identity.id);
  store.identitiesOfPools.delete(key(pool.IdentityPoolId, identity.id));
}

/** What tokens may be signed with. */
export function* keysAnywhere(context: IdentityContext): Generator<SigningKeyRow> {
  for (const store of storesOf(context)) yield* store.signingKeys.rows();
}

function* storesOf(context: IdentityContext): Generator<IdentityStore> {
  yield context.store;
  for (const { account, region } of context.places())
    if (account !== context.account || region !== context.region) yield context.storeAt(account, region);
}
