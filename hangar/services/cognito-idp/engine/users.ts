// Writes users: their rows, and the names they can be found by.

import { aliasExists, usernameExists } from "../errors.ts";
import { keyIn, nameKey, type Place, type PoolRow, type UserRow } from "../store.ts";
import { identitiesOf } from "../rules/identity.ts";
import { aliasesOf } from "./find.ts";

/** What a user can be found by beside the name: values of aliases count once they are verified, save those that are the user's name. Whoever signs in elsewhere needs none. */
function findableBy(pool: PoolRow, { attributes, sub, status }: UserRow): readonly (readonly [string, string])[] {
  if (status === "EXTERNAL_PROVIDER") return [["sub", sub]];
  const names = pool.settings.UsernameAttributes !== undefined;
  const values = aliasesOf(pool).flatMap((name): [string, string][] => {
    const value = attributes[name];
    const counts = names || name === "preferred_username" || attributes[`${name}_verified`] === "true";
    return value === undefined || value === "" || !counts ? [] : [[name, nameKey(pool, value)]];
  });
  return [["sub", sub], ...values];
}

export function saveUser({ pool, store }: Place, user: UserRow): UserRow {
  const key = nameKey(pool, user.username);
  const previous = store.users.put(keyIn(pool, key), user);
  const wanted = findableBy(pool, user).map(([name, value]) => keyIn(pool, name, value));
  for (const [name, value] of previous === undefined ? [] : findableBy(pool, previous)) {
    const alias = keyIn(pool, name, value);
    if (!wanted.includes(alias) && store.aliases.get(alias) === key) store.aliases.delete(alias);
  }
  for (const alias of wanted) store.aliases.put(alias, key);
  return user;
}

export function removeUser({ pool, store }: Place, user: UserRow): void {
  const key = nameKey(pool, user.username);
  store.users.delete(keyIn(pool, key));
  for (const [name, value] of findableBy(pool, user)) {
    const alias = keyIn(pool, name, value);
    if (store.aliases.get(alias) === key) store.aliases.delete(alias);
  }
  for (const { providerName } of identitiesOf(user))
    for (const [link, owner] of store.identities.range({ prefix: keyIn(pool, providerName, "") }))
      if (owner === key) store.identities.delete(link);
  const prefix = keyIn(pool, key, "");
  for (const membership of store.memberships.keys({ prefix })) {
    store.memberships.delete(membership);
    store.members.delete(keyIn(pool, membership.slice(prefix.length), key));
  }
  for (const code of store.codes.keys({ prefix })) store.codes.delete(code);
  for (const device of store.devices.keys({ prefix })) store.devices.delete(device);
  for (const [signIn, { refresh }] of store.signIns.range({ prefix })) {
    for (const token of refresh) store.refreshTokens.delete(token);
    store.signIns.delete(signIn);
  }
}

/** Which other user a user's aliases already belong to, and by which attribute. */
function takenBy(
  { pool, store }: Place,
  user: UserRow,
): { readonly attribute: string; readonly owner: string } | undefined {
  const own = nameKey(pool, user.username);
  for (const [attribute, value] of findableBy(pool, user)) {
    const owner = store.aliases.get(keyIn(pool, attribute, value));
    if (owner !== undefined && owner !== own) return { attribute, owner };
  }
  return undefined;
}

/** With `force` the other user loses the alias. */
export function claimAliases(place: Place, user: UserRow, force = false): void {
  const { pool, store } = place;
  for (let taken = takenBy(place, user); taken !== undefined; taken = takenBy(place, user)) {
    const { attribute, owner } = taken;
    if (pool.settings.UsernameAttributes !== undefined)
      throw usernameExists(`An account with the given ${attribute} already exists.`);
    const other = store.users.get(keyIn(pool, owner));
    if (!force || other === undefined) throw aliasExists(`An account with the ${attribute} already exists.`);
    const { [attribute]: value, ...rest } = other.attributes;
    const verified = { ...rest, [attribute]: value ?? "", [`${attribute}_verified`]: "false" };
    saveUser(place, { ...other, attributes: attribute === "preferred_username" ? rest : verified });
  }
}
