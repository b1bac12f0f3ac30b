// Where a pool's hosted pages are reached.

import type { Place } from "../store.ts";
import { poolDomains } from "./domains.ts";

/** As AWS writes it: `https://prefix.auth.region.amazoncognito.com`, or the pool's own domain. */
export function hostedHost({ pool, store }: Place): string | undefined {
  const domains = poolDomains(store, pool.id);
  const domain = (domains.find(({ Domain }) => Domain.includes(".")) ?? domains[0])?.Domain;
  if (domain === undefined) return undefined;
  return domain.includes(".") ? domain : `${domain}.auth.${pool.region}.amazoncognito.com`;
}

/** The same pages here: `http://prefix.auth.region.localhost:port`, or `http://auth.example.com.localhost:port`. */
export function hostedOrigin(place: Place): string {
  const { port } = new URL(place.context.endpoint);
  const host = hostedHost(place) ?? "";
  return `http://${host.replace(/\.amazoncognito\.com$/, "")}.localhost${port === "" ? "" : `:${port}`}`;
}

export function confirmationLink(
  place: Place,
  { client, username, code }: { readonly client: string; readonly username: string; readonly code: string },
): string {
  const query = new URLSearchParams({ client_id: client, user_name: username, confirmation_code: code });
  return `${hostedOrigin(place)}/confirmUser?${query.toString()}`;
}
