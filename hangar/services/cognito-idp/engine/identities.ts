// Which user of the pool somebody of an external identity provider is: one of their own, or one that they are linked to.
// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation-consolidate-users.html

import type { ProviderUserIdentifierType } from "../../../models/cognito-idp.d.ts";
import { aliasExists, invalidParameter, notEmulated, userNotFound } from "../errors.ts";
import { identitiesOf, withIdentities, type Identity } from "../rules/identity.ts";
import { keyIn, nameKey, type Place, type PoolRow, type UserRow } from "../store.ts";
import { findUser } from "./find.ts";
import { findProvider } from "./identity-providers.ts";
import { saveUser } from "./users.ts";

const SUBJECT = "Cognito_Subject";
const MOST_LINKS = 5;

type Named = { readonly provider: string; readonly attribute: string; readonly value: string };

/** `MyProvider_1234`, in lower case where the pool does not tell cases apart. */
export function federatedName(pool: PoolRow, provider: string, subject: string): string {
  return nameKey(pool, `${provider}_${subject}`);
}

/** Linked by the subject, or by another claim. */
export function linkedUser(
  { pool, store }: Place,
  provider: string,
  { subject, claims }: { readonly subject: string; readonly claims: Readonly<Record<string, string>> },
): UserRow | undefined {
  for (const [attribute, value] of [[SUBJECT, subject] as const, ...Object.entries(claims)]) {
    const owner = store.identities.get(keyIn(pool, provider, attribute, value));
    const user = owner === undefined ? undefined : store.users.get(keyIn(pool, owner));
    if (user !== undefined) return user;
  }
  return undefined;
}

function named({ ProviderName, ProviderAttributeName, ProviderAttributeValue }: ProviderUserIdentifierType): Named {
  if (ProviderName === undefined || ProviderAttributeValue === undefined)
    throw invalidParameter("ProviderName and ProviderAttributeValue are required.");
  return { provider: ProviderName, attribute: ProviderAttributeName ?? SUBJECT, value: ProviderAttributeValue };
}

export function linkIdentity(
  place: Place,
  destination: ProviderUserIdentifierType,
  source: ProviderUserIdentifierType,
): void {
  const { pool, store, context } = place;
  const { provider, attribute, value } = named(source);
  const { type } = findProvider(place, provider);
  const { user } = findUser(place, destinationName(pool, named(destination)));
  if (attribute === SUBJECT && store.users.has(keyIn(pool, federatedName(pool, provider, value))))
    throw invalidParameter(
      "Merging is not currently supported, provide a SourceUser that has not been signed up in order to link",
    );
  const key = keyIn(pool, provider, attribute, value);
  const owner = store.identities.get(key);
  if (owner === nameKey(pool, user.username)) throw invalidParameter("SourceUser is already linked to DestinationUser");
  if (owner !== undefined) throw aliasExists("SourceUser is already linked to another user");
  const identities = identitiesOf(user);
  if (identities.length >= MOST_LINKS) throw invalidParameter("DestinationUser has too many linked identities");
  const identity: Identity = {
    userId: value,
    providerName: provider,
    providerType: type,
    issuer: null,
    primary: "false",
    dateCreated: String(context.clock.now()),
  };
  store.identities.put(key, nameKey(pool, user.username));
  saveUser(place, { ...withIdentities(user, [...identities, identity]), modified: context.clock.now() });
}

function destinationName(pool: PoolRow, { provider, value }: Named): string {
  return provider === "Cognito" ? value : federatedName(pool, provider, value);
}

export function disableIdentity(place: Place, asked: ProviderUserIdentifierType): void {
  const { pool, store, context } = place;
  const { provider, attribute, value } = named(asked);
  const modified = context.clock.now();
  if (provider === "Cognito") {
    const { user } = findUser(place, value);
    saveUser(place, { ...user, password: undefined, modified });
    return;
  }
  findProvider(place, provider);
  const key = keyIn(pool, provider, attribute, value);
  const user = store.users.get(keyIn(pool, store.identities.get(key) ?? ""));
  if (user === undefined) throw notLinked(place, provider, value);
  store.identities.delete(key);
  const rest = identitiesOf(user).filter((each) => each.providerName !== provider || each.userId !== value);
  saveUser(place, { ...withIdentities(user, rest), modified });
}

function notLinked({ pool, store }: Place, provider: string, subject: string): Error {
  return store.users.has(keyIn(pool, federatedName(pool, provider, subject)))
    ? notEmulated("AdminDisableProviderForUser for a user who is linked to no other")
    : userNotFound();
}
