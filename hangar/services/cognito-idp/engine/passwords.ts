// Sets and proves passwords: of each only SRP's verifier is kept.

import { passwordUsedBefore } from "../errors.ts";
import { checkPassword, passwordPolicy } from "../rules/password.ts";
import { isPassword, verifierOf, type Identity } from "../rules/srp.ts";
import type { Place, PoolRow, UserRow, Verifier } from "../store.ts";

export function identityOf(pool: PoolRow, username: string): Identity {
  return { poolName: poolName(pool), username };
}

function poolName({ id }: PoolRow): string {
  return id.slice(id.indexOf("_") + 1);
}

export function newVerifier({ pool, context }: Place, username: string, password: string): Verifier {
  return verifierOf(identityOf(pool, username), password, context.ids.hex(32));
}

/** The user with a new password, once it is as the policy wants it. */
export function withPassword(place: Place, user: UserRow, password: string): UserRow {
  const { pool } = place;
  checkPassword(pool, password);
  const remembered = passwordPolicy(pool).PasswordHistorySize ?? 0;
  const before =
    remembered === 0 ? [] : [...(user.password === undefined ? [] : [user.password]), ...user.passwordHistory];
  if (before.slice(0, remembered).some((kept) => isPassword(identityOf(pool, user.username), password, kept)))
    throw passwordUsedBefore();
  return {
    ...user,
    password: newVerifier(place, user.username, password),
    passwordHistory: before.slice(0, remembered),
    temporarySince: undefined,
    failures: undefined,
    modified: place.context.clock.now(),
  };
}

export function hasPassword({ pool }: Place, user: UserRow, password: string): boolean {
  return user.password !== undefined && isPassword(identityOf(pool, user.username), password, user.password);
}
