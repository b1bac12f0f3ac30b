// A pool's resource servers by their identifiers.

import { notFound } from "../errors.ts";
import { keyIn, type Place, type ResourceServerRow } from "../store.ts";

export function resourceServerIn({ pool, store }: Place, identifier: string): ResourceServerRow {
  const server = store.resourceServers.get(keyIn(pool, identifier));
  if (server === undefined) throw notFound(`Resource server ${identifier} does not exist.`);
  return server;
}
