// Pools, app clients, groups and users by the names that requests give.

import { clientNotFound, notFound, poolNotFound, userNotFound } from "../errors.ts";
import {
  keyIn,
  nameKey,
  type ClientPlace,
  type CognitoContext,
  type CognitoStore,
  type GroupRow,
  type Place,
  type PoolRow,
  type UserPlace,
  type UserRow,
} from "../store.ts";

export function findPool(context: CognitoContext, id: string): Place {
  const pool = context.store.pools.get(id);
  if (pool === undefined) throw poolNotFound(id);
  return { pool, store: context.store, context };
}

export function clientIn(place: Place, id: string): ClientPlace {
  const client = place.store.clients.get(keyIn(place.pool, id));
  if (client === undefined) throw clientNotFound(id);
  return { ...place, client };
}

/** Unsigned calls say neither account nor region: the client tells. */
export function findClient(context: CognitoContext, id: string): ClientPlace {
  for (const store of storesOf(context)) {
    const pool = store.pools.get(store.poolsOfClients.get(id) ?? "");
    if (pool !== undefined) return clientIn({ pool, store, context }, id);
  }
  throw clientNotFound(id);
}

/** In whatever account and region it is. */
export function poolAnywhere(context: CognitoContext, id: string): Place | undefined {
  for (const store of storesOf(context)) {
    const pool = store.pools.get(id);
    if (pool !== undefined) return { pool, store, context };
  }
  return undefined;
}

/** The caller's own tables first. */
export function* storesOf(context: CognitoContext): Generator<CognitoStore> {
  yield context.store;
  for (const { account, region } of context.places())
    if (account !== context.account || region !== context.region) yield context.storeAt(account, region);
}

/** By name, by `sub`, or by an alias that the pool allows. */
export function userIfAny({ pool, store }: Place, name: string): UserRow | undefined {
  const key = nameKey(pool, name);
  const named = store.users.get(keyIn(pool, key));
  if (named !== undefined) return named;
  for (const attribute of ["sub", ...aliasesOf(pool)]) {
    const owner = store.aliases.get(keyIn(pool, attribute, key));
    if (owner !== undefined) return store.users.get(keyIn(pool, owner));
  }
  return undefined;
}

export function findUser(place: Place, name: string): UserPlace {
  const user = userIfAny(place, name);
  if (user === undefined) throw userNotFound();
  return { ...place, user };
}

export function aliasesOf({ settings }: PoolRow): readonly string[] {
  return settings.UsernameAttributes ?? settings.AliasAttributes ?? [];
}

export function findGroup({ pool, store }: Place, name: string): GroupRow {
  const group = store.groups.get(keyIn(pool, name));
  if (group === undefined) throw notFound("Group not found.");
  return group;
}

/** A user's groups, the most important first. */
export function groupsOf({ pool, store, user }: UserPlace): readonly GroupRow[] {
  const prefix = keyIn(pool, nameKey(pool, user.username), "");
  const names = [...store.memberships.keys({ prefix })].map((key) => key.slice(prefix.length));
  const groups = names.flatMap((name) => store.groups.get(keyIn(pool, name)) ?? []);
  const rank = ({ precedence = Number.POSITIVE_INFINITY }: GroupRow): number => precedence;
  return groups.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}
