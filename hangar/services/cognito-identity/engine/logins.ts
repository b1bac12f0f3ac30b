// Logins: what callers show of the providers they signed in with, judged as the pool is set up to.

import { issuerKeys } from "../../../gateway/issuer-keys.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { isSignedByOneOf, parsed, type Jwt } from "../../../kernel/json-web-token.ts";
import { invalidLogin, unsupportedProvider } from "../errors.ts";
import type { IdentityContext, Login, PoolRow } from "../store.ts";
import { believed } from "./own-token.ts";

export type Claims = Readonly<Record<string, unknown>>;

/** A login that is believed. */
export type GoodLogin = Login & {
  readonly claims: Claims;
  /** How role mappings name it: a user pool's with its app client. */
  readonly mapping: string;
};

/** The provider's name for tokens of GetOpenIdTokenForDeveloperIdentity. */
export const OWN = "cognito-identity.amazonaws.com";

export async function goodLogins(
  context: IdentityContext,
  pool: PoolRow,
  logins: Readonly<Record<string, string>> = {},
): Promise<readonly GoodLogin[]> {
  return Promise.all(
    Object.entries(logins).map(async ([provider, token]) => {
      if (provider === OWN) return ownLogin(context, pool, token);
      if ((pool.CognitoIdentityProviders ?? []).some(({ ProviderName }) => ProviderName === provider))
        return userPoolLogin(context, pool, { provider, token });
      const arn = pool.OpenIdConnectProviderARNs?.find((each) => each.endsWith(`:oidc-provider/${provider}`));
      if (arn !== undefined) return openIdLogin(context, { provider, token, arn });
      if (isConfigured(pool, provider)) throw notEmulated(`logins of identity pools by ${provider}`);
      throw unsupportedProvider();
    }),
  );
}

function isConfigured(pool: PoolRow, provider: string): boolean {
  return pool.SupportedLoginProviders?.[provider] !== undefined || pool.SamlProviderARNs?.includes(provider) === true;
}

/** The identity itself is the subject. */
function ownLogin(context: IdentityContext, pool: PoolRow, token: string): GoodLogin {
  const claims = believed(context, token);
  if (claims === undefined) throw invalidLogin("Not a Cognito token.");
  if (claims === "expired") throw expired(context, parsed(token)?.claims["exp"]);
  if (claims["aud"] !== pool.IdentityPoolId) throw invalidLogin("Not a Cognito token.");
  return { provider: OWN, subject: String(claims["sub"]), claims, mapping: OWN };
}

async function userPoolLogin(
  context: IdentityContext,
  pool: PoolRow,
  { provider, token }: { readonly provider: string; readonly token: string },
): Promise<GoodLogin> {
  const jwt = tokenOf(provider, token);
  const { iss, aud, exp, sub } = jwt.claims;
  if (typeof aud !== "string") throw missing("aud");
  const known = (pool.CognitoIdentityProviders ?? []).find(
    ({ ProviderName, ClientId }) => ProviderName === provider && ClientId === aud,
  );
  if (known === undefined) throw unsupportedProvider();
  const set = await context.ports.userPools.keySet(String(iss));
  if (set === undefined || !isSignedByOneOf(jwt, set.keys)) throw invalidLogin("Couldn't verify signed token.");
  if (Number(exp) <= context.clock.seconds()) throw expired(context, exp);
  if (known.ServerSideTokenCheck === true && !context.ports.userPools.isStanding(jwt.claims))
    throw invalidLogin("Token is revoked.");
  return { provider, subject: String(sub), claims: jwt.claims, mapping: `${provider}:${aud}` };
}

/** Not yet believed. */
function tokenOf(provider: string, token: string): Jwt {
  const jwt = parsed(token);
  if (jwt === undefined) throw invalidLogin("Not a valid OpenId Connect identity token.");
  if (jwt.claims["aud"] === undefined) throw missing("aud");
  if (jwt.claims["iss"] !== `https://${provider}`) throw invalidLogin("Issuer doesn't match providerName");
  return jwt;
}

function missing(claim: string): Error {
  return invalidLogin(`Missing a required claim: ${claim}`);
}

type OpenIdLogin = { readonly provider: string; readonly token: string; readonly arn: string };

/** IAM knows the provider, and for whom its tokens may be. */
async function openIdLogin(context: IdentityContext, { provider, token, arn }: OpenIdLogin): Promise<GoodLogin> {
  const jwt = tokenOf(provider, token);
  const { iss, aud, exp, sub } = jwt.claims;
  if (typeof sub !== "string") throw missing("sub");
  const audiences = context.ports.access.oidcAudiences(arn);
  if (audiences === undefined) throw invalidLogin(`No OpenIDConnect provider found in your account for ${String(iss)}`);
  if (![aud].flat().some((each) => audiences.includes(String(each)))) throw invalidLogin("Incorrect token audience.");
  const keys = await issuerKeys(context, String(iss));
  if (keys === undefined || !isSignedByOneOf(jwt, keys)) throw invalidLogin("Couldn't verify signed token.");
  if (Number(exp) <= context.clock.seconds()) throw expired(context, exp);
  return { provider, subject: sub, claims: jwt.claims, mapping: arn };
}

function expired({ clock }: IdentityContext, end: unknown): Error {
  return invalidLogin(`Token expired: ${String(end)} >= ${clock.seconds()}`);
}
