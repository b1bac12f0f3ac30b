// A pool's external identity providers, by name or by what else stands for them.

import { duplicateProvider, invalidParameter, notFound } from "../errors.ts";
import type { IdentityProviderRow } from "../rules/identity-provider.ts";
import { keyIn, type Place } from "../store.ts";

export function providerIfAny({ pool, store }: Place, name: string): IdentityProviderRow | undefined {
  return store.identityProviders.get(keyIn(pool, name));
}

export function findProvider(place: Place, name: string): IdentityProviderRow {
  const row = providerIfAny(place, name);
  if (row === undefined) throw notFound(`Identity provider ${name} does not exist.`);
  return row;
}

/** e.g. the domain of users' addresses. */
export function providerBy({ pool, store }: Place, identifier: string): IdentityProviderRow | undefined {
  for (const row of store.identityProviders.rows({ prefix: keyIn(pool, "") }))
    if (row.identifiers.includes(identifier)) return row;
  return undefined;
}

/** Identifiers stand for one provider of the pool. */
export function saveProvider(place: Place, row: IdentityProviderRow): void {
  const { pool, store } = place;
  for (const identifier of row.identifiers) {
    const other = providerBy(place, identifier);
    if (other !== undefined && other.name !== row.name)
      throw duplicateProvider(`An identity provider with the identifier ${identifier} already exists.`);
  }
  store.identityProviders.put(keyIn(pool, row.name), row);
}

export function checkProviders(place: Place, names: readonly string[] = []): void {
  const missing = names.find((name) => name !== "COGNITO" && providerIfAny(place, name) === undefined);
  if (missing !== undefined)
    throw invalidParameter(`The provider ${missing} does not exist for User Pool ${place.pool.id}.`);
}
