// Whom a token vouches for, once its issuer is asked for its keys.

import { issuerKeys } from "../../../gateway/issuer-keys.ts";
import { isSignedByOneOf, parsed, type Jwt } from "../../../kernel/json-web-token.ts";
import { expiredToken, invalidIdentityToken } from "../errors.ts";
import { audiencesOf, type WebIdentity } from "../rules/web-identity.ts";
import type { StsContext } from "../store.ts";

const IDENTITY_POOLS = "cognito-identity.amazonaws.com";

/** Believed: signed by its issuer, not over, and for an audience that the account knows. */
export async function identityOf(context: StsContext, token: string, account: string): Promise<WebIdentity> {
  const jwt = parsed(token);
  if (jwt === undefined)
    throw invalidIdentityToken(
      "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
    );
  const issuer = String(jwt.claims["iss"]);
  if (issuer === `https://${IDENTITY_POOLS}`) {
    const claims = await context.ports.identityPools.verify(token);
    if (claims === undefined) throw unverified();
    if (claims === "expired") throw expired(context, jwt);
    return { principal: IDENTITY_POOLS, prefix: IDENTITY_POOLS, claims };
  }
  const prefix = issuer.replace(/^https:\/\//, "");
  const principal = `arn:aws:iam::${account}:oidc-provider/${prefix}`;
  const audiences = context.ports.access.oidcAudiences(principal);
  if (audiences === undefined)
    throw invalidIdentityToken(`No OpenIDConnect provider found in your account for ${issuer}`);
  const keys = await issuerKeys(context, issuer);
  if (keys === undefined || !isSignedByOneOf(jwt, keys)) throw unverified();
  if (Number(jwt.claims["exp"]) <= context.clock.seconds()) throw expired(context, jwt);
  if (!audiencesOf(jwt.claims).some((each) => audiences.includes(each)))
    throw invalidIdentityToken("Incorrect token audience");
  return { principal, prefix, claims: jwt.claims };
}

function unverified(): Error {
  return invalidIdentityToken(
    "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
  );
}

function expired({ clock }: StsContext, { claims }: Jwt): Error {
  const end = Number(claims["exp"]);
  return expiredToken(
    `Token expired: current date/time ${clock.seconds()} must be before the expiration date/time ${end}`,
  );
}
