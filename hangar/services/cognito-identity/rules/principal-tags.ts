// Session tags that follow from a login's claims.
// https://docs.aws.amazon.com/cognito/latest/developerguide/attributes-for-access-control.html

import type { TagMapRow } from "../store.ts";

const DEFAULTS: Readonly<Record<string, string>> = { username: "sub", client: "aud" };

export function tagsFrom(
  map: TagMapRow | undefined,
  claims: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const wanted = map?.useDefaults === true ? DEFAULTS : (map?.tags ?? {});
  const found = Object.entries(wanted).filter(([, claim]) => claims[claim] !== undefined);
  return Object.fromEntries(found.map(([name, claim]) => [name, String(claims[claim])]));
}
