// Styles of managed login pages: found by their id, or by the app client that has one.

import { notEmulated, notFound } from "../errors.ts";
import type { LoginBrandingRow } from "../rules/login-branding.ts";
import { keyIn, type Place } from "../store.ts";
import { poolDomains } from "./domains.ts";

export function brandingById({ pool, store }: Place, id: string): LoginBrandingRow {
  for (const row of store.loginBrandings.rows({ prefix: keyIn(pool, "") })) if (row.id === id) return row;
  throw notFound(`Managed login branding ${id} does not exist.`);
}

export function brandingOf({ pool, store }: Place, client: string): LoginBrandingRow {
  const row = store.loginBrandings.get(keyIn(pool, client));
  if (row === undefined) throw notFound(`Client ${client} has no managed login branding.`);
  return row;
}

/** AWS's own values are a long document that nobody has written down. */
export function checkMerged(merged: boolean | undefined): void {
  if (merged === true) throw notEmulated("AWS's own values of managed login (ReturnMergedResources)");
}

/** Pages of the newer kind are there for clients with a style alone. */
export function hasPages({ pool, store }: Place, domain: string, client: string): boolean {
  const version = poolDomains(store, pool.id).find(({ Domain }) => Domain === domain)?.ManagedLoginVersion;
  return version !== 2 || store.loginBrandings.has(keyIn(pool, client));
}
