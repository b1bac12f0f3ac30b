// Who the caller is: the identity that the logins stand for, linked to those it did not have yet.

import { alreadyLinked, loginsDontMatch, notAuthorized } from "../errors.ts";
import { key, type IdentityContext, type IdentityPlace, type IdentityRow, type Login, type Place } from "../store.ts";
import { identityAnywhere, put } from "./find.ts";
import { goodLogins, OWN, type GoodLogin } from "./logins.ts";

export type SignedIn = IdentityPlace & { readonly logins: readonly GoodLogin[] };

/** For GetId. */
export function identityFor(context: IdentityContext, place: Place, logins: readonly Login[]): IdentityRow {
  const { pool, store } = place;
  const owners = new Set(logins.flatMap((login) => ownerOf(place, login) ?? []));
  if (owners.size > 1) throw alreadyLinked();
  const [owner] = owners;
  const now = context.clock.now();
  const found = store.identities.get(owner ?? "");
  if (found !== undefined) return linked(context, place, found, logins);
  const id = `${pool.region}:${context.ids.uuid()}`;
  return put(place, { id, pool: pool.IdentityPoolId, created: now, modified: now, logins });
}

/** For tokens and credentials: an identity with logins needs one of them, one without takes those that are shown. */
export async function signedIn(
  context: IdentityContext,
  id: string,
  shown: Readonly<Record<string, string>> | undefined,
): Promise<SignedIn> {
  const place = identityAnywhere(context, id);
  const { identity, pool } = place;
  const logins = await goodLogins(context, pool, shown);
  if (logins.length === 0) {
    if (identity.logins.length > 0) throw notAuthorized(`Access to Identity '${id}' is forbidden.`);
    if (!pool.AllowUnauthenticatedIdentities) throw unauthenticatedRefused();
    return { ...place, logins };
  }
  if (logins.some(({ provider, subject }) => provider === OWN && subject !== id)) throw loginsDontMatch();
  const own = logins.filter(({ provider }) => provider !== OWN);
  const theirs = own.filter((login) => identity.logins.some((each) => sameLogin(each, login)));
  if (identity.logins.length > 0 && theirs.length === 0 && own.length === logins.length) throw loginsDontMatch();
  if (own.some((login) => (ownerOf(place, login) ?? id) !== id)) throw alreadyLinked();
  return { ...place, identity: linked(context, place, identity, own), logins };
}

export function unauthenticatedRefused(): Error {
  return notAuthorized("Unauthenticated access is not supported for this identity pool.");
}

/** What `amr` of a token says: https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html */
export function methodsOf({ logins }: SignedIn): readonly string[] {
  if (logins.length === 0) return ["unauthenticated"];
  const methods = logins.flatMap(({ provider, subject, claims }) =>
    provider === OWN
      ? (claims["amr"] as readonly string[]).filter((each) => each !== "authenticated")
      : [provider, `${provider}:CognitoSignIn:${subject}`],
  );
  return ["authenticated", ...methods];
}

export function ownerOf({ pool, store }: Place, { provider, subject }: Login): string | undefined {
  return store.logins.get(key(pool.IdentityPoolId, provider, subject));
}

function linked(
  { clock }: IdentityContext,
  place: Place,
  identity: IdentityRow,
  logins: readonly Login[],
): IdentityRow {
  const added = logins.filter((login) => !identity.logins.some((each) => sameLogin(each, login)));
  if (added.length === 0) return identity;
  const plain = added.map(({ provider, subject }) => ({ provider, subject }));
  return put(place, { ...identity, modified: clock.now(), logins: [...identity.logins, ...plain] });
}

function sameLogin(one: Login, other: Login): boolean {
  return one.provider === other.provider && one.subject === other.subject;
}
