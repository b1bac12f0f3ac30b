// The issuer that a pool's tokens name: AWS's address, wherever they are used.

import type { PoolRow } from "../store.ts";

export function issuerOf({ region, id }: Pick<PoolRow, "region" | "id">): string {
  return `https://cognito-idp.${region}.amazonaws.com/${id}`;
}

/** The pool of an issuer, by any of the hosts the same pool is reached under. */
export function poolOfIssuer(issuer: string): string | undefined {
  return /^https?:\/\/cognito-idp\.[a-z0-9-]+\.(?:amazonaws\.com(?:\.cn)?|localhost(?::\d+)?)\/([\w-]+_[0-9a-zA-Z]+)$/.exec(
    issuer,
  )?.[1];
}
