// The scopes that a pool's resource servers define, as clients ask for them.

import { keyIn, type Place } from "../store.ts";

export function scopesOf({ pool, store }: Place): ReadonlySet<string> {
  const servers = [...store.resourceServers.rows({ prefix: keyIn(pool, "") })];
  return new Set(
    servers.flatMap(({ Identifier, Scopes = [] }) => Scopes.map(({ ScopeName }) => `${Identifier}/${ScopeName}`)),
  );
}
