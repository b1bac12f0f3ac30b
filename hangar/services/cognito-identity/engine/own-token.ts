// The tokens of identity pools: what STS takes for credentials of a role.
// https://docs.aws.amazon.com/cognito/latest/developerguide/open-id.html

import { isSignedBy, parsed, processKeys, signed, type SigningKeyRow } from "../../../kernel/json-web-token.ts";
import type { IdentityContext, IdentityPlace, IdentityStore } from "../store.ts";
import { keysAnywhere } from "./find.ts";

const ISSUER = "https://cognito-identity.amazonaws.com";

export type Said = {
  /** Which providers vouched for the identity. */
  readonly amr: readonly string[];
  readonly seconds: number;
  /** Session tags of the roles that are assumed with it. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
};

export async function ownToken(
  context: IdentityContext,
  { pool, identity, store }: IdentityPlace,
  { amr, seconds, tags = {} }: Said,
): Promise<string> {
  const now = context.clock.seconds();
  const tagged = Object.entries(tags).map(([name, value]) => [name, [value]]);
  const claims = {
    sub: identity.id,
    aud: pool.IdentityPoolId,
    amr,
    ...(tagged.length === 0 ? {} : { "https://aws.amazon.com/tags": { principal_tags: Object.fromEntries(tagged) } }),
    iss: ISSUER,
    exp: now + seconds,
    iat: now,
  };
  return signed(claims, await signingKey(context, store), "RS512");
}

/** What a token of this world's identity pools says; undefined for every other. */
export function believed(
  context: IdentityContext,
  token: string,
): Readonly<Record<string, unknown>> | "expired" | undefined {
  const jwt = parsed(token);
  if (jwt === undefined || jwt.claims["iss"] !== ISSUER) return undefined;
  if (!isSignedBy(jwt, [...keysAnywhere(context)])) return undefined;
  return Number(jwt.claims["exp"]) <= context.clock.seconds() ? "expired" : jwt.claims;
}

const KEY = "key";

async function signingKey(context: IdentityContext, store: IdentityStore): Promise<SigningKeyRow> {
  const kept = store.signingKeys.get(KEY);
  if (kept !== undefined) return kept;
  const [privateKey] = await processKeys();
  const row = store.signingKeys.get(KEY) ?? { kid: `${context.region}-${context.ids.hex(16)}`, privateKey };
  store.signingKeys.put(KEY, row);
  return row;
}
