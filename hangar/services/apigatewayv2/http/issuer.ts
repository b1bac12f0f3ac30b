// The public keys of an issuer of tokens, found by OpenID Connect discovery and kept for two hours.

import { outbound } from "../../../gateway/outbound.ts";
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
  const keys = await fetched(context, issuer);
  if (keys !== undefined) cache.set(issuer, { until: now + KEPT_FOR, value: keys });
  return keys;
}

/** Pools of Cognito are this world's own: their keys are never asked of the network. */
const USER_POOL = /^https:\/\/cognito-idp\.[^.]+\.amazonaws\.com(?:\.cn)?\//;

async function fetched(context: ApiGatewayV2Context, issuer: string): Promise<readonly IssuerKey[] | undefined> {
  if (USER_POOL.test(issuer)) return signingKeys((await context.ports.userPools.keySet(issuer))?.keys);
  const found = await document(context, `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);
  const uri = found?.["jwks_uri"];
  const set = typeof uri === "string" ? await document(context, uri) : undefined;
  return signingKeys(set?.["keys"]);
}

function signingKeys(keys: unknown): readonly IssuerKey[] | undefined {
  if (!Array.isArray(keys)) return undefined;
  return (keys as readonly Readonly<Record<string, unknown>>[])
    .filter((jwk) => jwk["kty"] === "RSA" && (jwk["use"] === undefined || jwk["use"] === "sig"))
    .map((jwk) => ({ keyId: typeof jwk["kid"] === "string" ? jwk["kid"] : undefined, jwk }));
}

/** Issuers under AWS's names are this cloud's own. */
async function document(
  context: ApiGatewayV2Context,
  address: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const url = new URL(address);
    const headers = { Host: url.host, Accept: "application/json" };
    const { status, body } = await outbound(context, url, { method: "GET", headers, body: Buffer.alloc(0) });
    if (status !== 200) return undefined;
    const value = JSON.parse(body.toString("utf8")) as unknown;
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
