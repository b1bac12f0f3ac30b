// Users whom the developer's own provider knows, and the identities they have.

import { developerUserTaken, identityNotFound, invalidParameter, notFound } from "../errors.ts";
import type { IdentityContext, IdentityRow, Login, Place } from "../store.ts";
import { goodLogins } from "./logins.ts";
import { identityFor, ownerOf } from "./sign-in.ts";
import { put } from "./find.ts";

export function providerOf({ pool }: Place): string {
  if (pool.DeveloperProviderName === undefined) throw invalidParameter("The identity pool has no developer provider.");
  return pool.DeveloperProviderName;
}

export function userOf(place: Place, provider: string, user: string): IdentityRow {
  if (provider !== providerOf(place)) throw notFound(`Developer provider '${provider}' not found.`);
  const identity = place.store.identities.get(ownerOf(place, { provider, subject: user }) ?? "");
  if (identity === undefined) throw notFound(`Developer user '${user}' not found.`);
  return identity;
}

type Asked = {
  readonly id: string | undefined;
  readonly user: string;
  readonly others: Readonly<Record<string, string>>;
};

/** The one that is named, the one that the user or another login has, or a new one. */
export async function identityOfDeveloper(
  context: IdentityContext,
  place: Place,
  { id, user, others }: Asked,
): Promise<IdentityRow> {
  const own: Login = { provider: providerOf(place), subject: user };
  const shown = await goodLogins(context, place.pool, others);
  const logins = [own, ...shown.map(({ provider, subject }) => ({ provider, subject }))];
  if (id === undefined) return identityFor(context, place, logins);
  const identity = place.store.identities.get(id);
  if (identity === undefined || identity.pool !== place.pool.IdentityPoolId) throw identityNotFound(id);
  const owners = logins.map((login) => ownerOf(place, login));
  if (owners.some((owner) => owner !== undefined && owner !== id)) throw developerUserTaken();
  const added = logins.filter((_login, index) => owners[index] === undefined);
  return put(place, { ...identity, modified: context.clock.now(), logins: [...identity.logins, ...added] });
}
