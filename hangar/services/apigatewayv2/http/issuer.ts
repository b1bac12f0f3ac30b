// The public keys of an issuer of tokens, found by OpenID Connect discovery and kept for two hours.

import { discovery, isDiscovered, issuerKeys, type IssuerKeys } from "../../../gateway/issuer-keys.ts";
import { badRequest } from "../errors.ts";
import { issuerCache } from "../rules/memory.ts";
import type { ApiGatewayV2Context } from "../store.ts";

export type IssuerKey = { readonly keyId: string | undefined; readonly jwk: Readonly<Record<string, unknown>> };

const KEPT_FOR = 2 * 60 * 60 * 1000;

/** Undefined when they cannot be had. A key that is not known yet is asked for once more. */
export async function keysOf(
  context: ApiGatewayV2Context,
  issuer: string,
  keyId: string | undefined,
): Promise<readonly IssuerKey[] | undefined> {
  const cache = issuerCache(context.world);
  const now = context.clock.now();
  const kept = cache.get(issuer);
  if (kept !== undefined && kept.until > now) {
    const keys = kept.value as readonly IssuerKey[];
    if (keyId === undefined || keys.some((key) => key.keyId === keyId)) return keys;
  }
  const keys = signingKeys(await issuerKeys(context, issuer));
  if (keys !== undefined) cache.set(issuer, { until: now + KEPT_FOR, value: keys });
  return keys;
}

type WithIssuer = { readonly JwtConfiguration?: { readonly Issuer?: string | undefined } | undefined };

/**
 * As authorizers are made: the issuers' documents must be there. Those of the internet are not asked before a token
 * comes, and one on this machine that is not up yet is believed.
 */
export async function checkIssuers(
  context: ApiGatewayV2Context,
  authorizers: readonly (Readonly<Record<string, unknown>> & WithIssuer)[],
): Promise<void> {
  for (const { JwtConfiguration } of authorizers) {
    const issuer = JwtConfiguration?.Issuer;
    if (issuer !== undefined && !(await isDiscovered(context, issuer)))
      throw badRequest(
        `Caught exception when connecting to ${discovery(issuer)} for issuer ${issuer}. Please try again later. ` +
          `Error: Invalid issuer: ${issuer}. Issuer must have a valid discovery endpoint ended with '/.well-known/openid-configuration'`,
      );
  }
}

function signingKeys(keys: IssuerKeys | undefined): readonly IssuerKey[] | undefined {
  return keys
    ?.filter((jwk) => jwk["kty"] === "RSA" && (jwk["use"] === undefined || jwk["use"] === "sig"))
    .map((jwk) => ({ keyId: jwk["kid"], jwk }));
}
