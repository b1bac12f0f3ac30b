// Somebody whom an external identity provider vouches for becomes a user of the pool, or is one already.
// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation.html

import { invalidParameter } from "../errors.ts";
import { checkAttributes, type Attributes } from "../rules/attributes.ts";
import type { IdentityProviderRow } from "../rules/identity-provider.ts";
import { withIdentities } from "../rules/identity.ts";
import { keyIn, nameKey, type ClientPlace, type UserRow } from "../store.ts";
import { federatedName, linkedUser } from "./identities.ts";
import { postConfirmation } from "./new-user.ts";
import type { Claims } from "./oidc.ts";
import { finish } from "./sign-in.ts";
import { runTrigger } from "./triggers.ts";
import { saveUser } from "./users.ts";

/** Throws what the app is told instead. */
export async function federatedUser(
  place: ClientPlace,
  provider: IdentityProviderRow,
  given: Claims,
): Promise<UserRow> {
  const { pool, store } = place;
  const claims = texts(given);
  const subject = claims[provider.mapping["username"] ?? "sub"];
  if (subject === undefined) throw invalidParameter("Missing subject of the user at the identity provider");
  const attributes = mapped(provider, claims);
  const find = (): UserRow | undefined => linkedUser(place, provider.name, { subject, claims });
  const name = federatedName(pool, provider.name, subject);
  const known = find() ?? store.users.get(keyIn(pool, nameKey(pool, name)));
  if (known !== undefined) return comeBack(place, known, attributes);
  const made = await signedUp(place, provider, { name, subject, attributes });
  // The function may have linked them just now: the next sign-in finds that.
  if (find() !== undefined) throw invalidParameter(`Already found an entry for username ${name}`);
  const user = saveUser(place, made);
  joinGroup(place, user, provider.name);
  await postConfirmation(place, user, { source: "ConfirmSignUp", client: place.client.id });
  return user;
}

function texts(claims: Claims): Attributes {
  const known = Object.entries(claims).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(
    known.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

function mapped({ mapping }: IdentityProviderRow, claims: Attributes): Attributes {
  const given = Object.entries(mapping).flatMap(([name, claim]): [string, string][] => {
    const value = claims[claim];
    return name === "username" || value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(given);
}

async function comeBack(place: ClientPlace, user: UserRow, attributes: Attributes): Promise<UserRow> {
  const changed = Object.entries(attributes).some(([name, value]) => user.attributes[name] !== value);
  if (changed) checkAttributes(attributes, { pool: place.pool, user });
  const modified = place.context.clock.now();
  const present = changed
    ? saveUser(place, { ...user, attributes: { ...user.attributes, ...attributes }, modified })
    : user;
  await finish({ ...place, hosted: true }, present);
  return present;
}

type SigningUp = { readonly name: string; readonly subject: string; readonly attributes: Attributes };

/** Not yet kept. */
async function signedUp(
  place: ClientPlace,
  provider: IdentityProviderRow,
  { name, subject, attributes }: SigningUp,
): Promise<UserRow> {
  const { pool, context, client } = place;
  const missing = pool.schema.flatMap(({ Name = "", Required }) =>
    Required === true && Name !== "sub" && (attributes[Name] ?? "") === "" ? [Name] : [],
  );
  if (missing.length > 0) throw invalidParameter(`attributes required: [${missing.join(", ")}]`);
  checkAttributes(attributes, { pool });
  await runTrigger(place, {
    trigger: "PreSignUp",
    source: "PreSignUp_ExternalProvider",
    username: name,
    client: client.id,
    request: {
      userAttributes: { "cognito:email_alias": "", "cognito:phone_number_alias": "", ...attributes },
      validationData: {},
    },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  const now = context.clock.now();
  const flags = ["email", "phone_number"].flatMap((each) =>
    attributes[each] === undefined ? [] : [[`${each}_verified`, "false"]],
  );
  const user: UserRow = {
    username: name,
    sub: context.ids.uuid(),
    attributes: { ...(Object.fromEntries(flags) as Attributes), ...attributes },
    status: "EXTERNAL_PROVIDER",
    enabled: true,
    created: now,
    modified: now,
    passwordHistory: [],
    mfa: { sms: false, email: false, software: false },
  };
  const identity = { userId: subject, providerName: provider.name, providerType: provider.type, issuer: null };
  return withIdentities(user, [{ ...identity, primary: "true", dateCreated: String(now) }]);
}

/** AWS makes a group for the users of each provider. */
function joinGroup({ pool, store, context }: ClientPlace, user: UserRow, provider: string): void {
  const name = `${pool.id}_${provider}`;
  const now = context.clock.now();
  if (!store.groups.has(keyIn(pool, name))) {
    const description = `Autogenerated group for users who sign in using ${provider}`;
    store.groups.put(keyIn(pool, name), { name, description, created: now, modified: now });
  }
  const key = nameKey(pool, user.username);
  store.members.put(keyIn(pool, name, key), now);
  store.memberships.put(keyIn(pool, key, name), now);
}
