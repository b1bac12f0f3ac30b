// What id and access tokens say. https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html

import type { ClientRow, GroupRow, PoolRow, SignInRow, UserRow } from "../store.ts";
import { validityOf } from "./client-settings.ts";
import { IDENTITIES, identitiesOf } from "./identity.ts";
import { issuerOf } from "./issuer.ts";

/** What nobody may change. */
export type Sealed = {
  readonly pool: PoolRow;
  readonly client: ClientRow;
  readonly user: UserRow;
  readonly signIn: SignInRow;
  /** Seconds. */
  readonly now: number;
  readonly newId: () => string;
};

export type Changes = { readonly add: Readonly<Record<string, unknown>>; readonly suppress: readonly string[] };

/** What the PreTokenGeneration function may have changed. */
export type Generated = {
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  readonly preferredRole?: string | undefined;
  readonly scopes: readonly string[];
  readonly id: Changes;
  readonly access: Changes;
};

export function ofGroups(groups: readonly GroupRow[]): Pick<Generated, "groups" | "roles" | "preferredRole"> {
  const roles = groups.flatMap(({ role }) => role ?? []);
  const [first] = groups.filter(({ role }) => role !== undefined);
  return { groups: groups.map(({ name }) => name), roles, preferredRole: first?.role };
}

const BOOLEANS = new Set(["email_verified", "phone_number_verified"]);

/** Those that the client may read. */
function attributeClaims({ client, user, signIn }: Sealed): Record<string, unknown> {
  const readable = client.settings.ReadAttributes;
  const entries = Object.entries(user.attributes).filter(
    ([name]) =>
      !name.startsWith("dev:") &&
      (name === IDENTITIES ||
        ((readable === undefined || readable.includes(name)) &&
          (signIn.scopes === undefined || inScope(name, signIn.scopes)))),
  );
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (BOOLEANS.has(name)) return [name, value === "true"];
      if (name === IDENTITIES) return [name, identitiesOf(user)];
      if (name === "address") return [name, { formatted: value }];
      return name === "updated_at" ? [name, Number(value)] : [name, value];
    }),
  );
}

/** With `profile` all are told; on their own `email` and `phone` tell of those. */
export function inScope(name: string, scopes: readonly string[]): boolean {
  const alone = !scopes.includes("profile") && !scopes.includes("email") && !scopes.includes("phone");
  if (alone) return true;
  if (/^email(_verified)?$/.test(name)) return scopes.includes("email");
  if (/^phone_number(_verified)?$/.test(name)) return scopes.includes("phone");
  return scopes.includes("profile");
}

export function idClaims(sealed: Sealed, { groups, roles, preferredRole, id }: Generated, atHash?: string): object {
  const { pool, client, user, signIn, now, newId } = sealed;
  const changed = applied(
    {
      ...attributeClaims(sealed),
      ...(preferredRole === undefined ? {} : { "cognito:preferred_role": preferredRole }),
      ...(roles.length === 0 ? {} : { "cognito:roles": roles }),
    },
    id,
  );
  return {
    ...changed,
    ...(atHash === undefined ? {} : { at_hash: atHash }),
    sub: user.sub,
    ...(groups.length === 0 ? {} : { "cognito:groups": groups }),
    iss: issuerOf(pool),
    "cognito:username": user.username,
    ...(signIn.nonce === undefined ? {} : { nonce: signIn.nonce }),
    ...origin(sealed),
    aud: client.id,
    event_id: signIn.id,
    token_use: "id",
    auth_time: Math.floor(signIn.at / 1000),
    exp: now + validityOf(client, "IdToken"),
    iat: now,
    jti: newId(),
  };
}

export function accessClaims(sealed: Sealed, { groups, scopes, access }: Generated): object {
  const { pool, client, user, signIn, now, newId } = sealed;
  return {
    ...applied({}, access),
    sub: user.sub,
    ...(groups.length === 0 ? {} : { "cognito:groups": groups }),
    iss: issuerOf(pool),
    ...(signIn.scopes === undefined ? {} : { version: 2 }),
    client_id: client.id,
    ...(signIn.device === undefined ? {} : { device_key: signIn.device.key }),
    ...origin(sealed),
    event_id: signIn.id,
    token_use: "access",
    scope: scopes.join(" "),
    auth_time: Math.floor(signIn.at / 1000),
    exp: now + validityOf(client, "AccessToken"),
    iat: now,
    jti: newId(),
    username: user.username,
  };
}

function origin({ client, signIn }: Sealed): { origin_jti?: string } {
  return client.settings.EnableTokenRevocation === false ? {} : { origin_jti: signIn.originJti };
}

export function applied(claims: Record<string, unknown>, { add, suppress }: Changes): Record<string, unknown> {
  const all = { ...claims, ...add };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !suppress.includes(name)));
}
