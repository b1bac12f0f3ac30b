// Issues tokens: id and access tokens as signed JWTs, refresh tokens as text that tells nothing.
// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html

import { createHash } from "node:crypto";
import { signed } from "../../../kernel/json-web-token.ts";
import type { AuthenticationResultType } from "../../../models/cognito-idp.d.ts";
import { validityOf } from "../rules/client-settings.ts";
import { accessClaims, applied, idClaims, type Sealed } from "../rules/claims.ts";
import type { DeviceKeys } from "../rules/device.ts";
import { issuerOf } from "../rules/issuer.ts";
import {
  keyIn,
  nameKey,
  type ClientPlace,
  type Place,
  type RefreshRow,
  type SignInRow,
  type UserRow,
} from "../store.ts";
import { groupsOf } from "./find.ts";
import { generated, generatedForClient } from "./pre-token.ts";
import { keySetOf } from "./signing-keys.ts";
import type { Metadata } from "./triggers.ts";

export type Issue = {
  readonly user: UserRow;
  readonly signIn: SignInRow;
  /** PreTokenGeneration's, e.g. `TokenGeneration_Authentication`. */
  readonly source: string;
  readonly metadata?: Metadata;
};

const OWN_SCOPE = "aws.cognito.signin.user.admin";

/** Of the hosted pages. */
export type NewSignIn = {
  readonly scopes?: readonly string[] | undefined;
  readonly nonce?: string | undefined;
  readonly at?: number | undefined;
  readonly device?: DeviceKeys | undefined;
};

export function newSignIn(place: ClientPlace, user: UserRow, more: NewSignIn = {}): SignInRow {
  const { pool, store, context, client } = place;
  const now = context.clock.now();
  const key = nameKey(pool, user.username);
  const prefix = keyIn(pool, key, "");
  for (const [old, row] of store.signIns.range({ prefix })) if (row.expires <= now) forget(place, old, row);
  const signIn: SignInRow = {
    id: context.ids.uuid(),
    pool: pool.id,
    client: client.id,
    user: key,
    at: more.at ?? now,
    originJti: context.ids.uuid(),
    refresh: [],
    scopes: more.scopes,
    nonce: more.nonce,
    device: more.device,
    expires: now + Math.max(validityOf(client, "RefreshToken"), validityOf(client, "AccessToken")) * 1000,
  };
  store.signIns.put(prefix + signIn.id, signIn);
  return signIn;
}

function forget({ store }: Place, key: string, { refresh }: SignInRow): void {
  for (const token of refresh) store.refreshTokens.delete(token);
  store.signIns.delete(key);
}

/** Id and access tokens, as every answer of a sign-in or refresh carries them. */
export async function issue(place: ClientPlace, asked: Issue): Promise<AuthenticationResultType> {
  const { context, client } = place;
  const { user, signIn } = asked;
  const groups = groupsOf({ ...place, user });
  const scopes = signIn.scopes ?? [OWN_SCOPE];
  const given = await generated(place, { ...asked, groups, scopes });
  const [idKey, accessKey] = await keySetOf(place);
  const now = context.clock.seconds();
  const sealed: Sealed = { pool: place.pool, client, user, signIn, now, newId: () => context.ids.uuid() };
  const access = signed(accessClaims(sealed, given), accessKey);
  const withId = signIn.scopes === undefined || signIn.scopes.includes("openid");
  const atHash = createHash("sha256").update(access).digest().subarray(0, 16).toString("base64url");
  return {
    AccessToken: access,
    ExpiresIn: validityOf(client, "AccessToken"),
    TokenType: "Bearer",
    ...(withId
      ? { IdToken: signed(idClaims(sealed, given, signIn.scopes === undefined ? undefined : atHash), idKey) }
      : {}),
  };
}

/** Of a client alone, which has no user. */
export async function issueToClient(
  place: ClientPlace,
  asked: readonly string[],
  metadata: Metadata,
): Promise<AuthenticationResultType> {
  const { pool, context, client } = place;
  const { scopes, access } = await generatedForClient(place, asked, metadata);
  const [, key] = await keySetOf(place);
  const now = context.clock.seconds();
  const seconds = validityOf(client, "AccessToken");
  const claims = {
    ...applied({}, access),
    sub: client.id,
    token_use: "access",
    scope: scopes.join(" "),
    auth_time: now,
    iss: issuerOf(pool),
    exp: now + seconds,
    iat: now,
    version: 2,
    jti: context.ids.uuid(),
    client_id: client.id,
  };
  return { AccessToken: signed(claims, key), ExpiresIn: seconds, TokenType: "Bearer" };
}

const HEAD = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString("base64url");

/** Looks as AWS's does; what it stands for only its hash tells. */
export function newRefreshToken({ pool, store, context }: Place, row: RefreshRow): string {
  const part = (bytes: number): string => Buffer.from(context.ids.bytes(bytes)).toString("base64url");
  const token = [HEAD, part(256), part(12), part(640), part(16)].join(".");
  store.refreshTokens.put(refreshKey(token), row);
  const key = keyIn(pool, row.user, row.signIn);
  const signIn = store.signIns.get(key);
  if (signIn !== undefined) store.signIns.put(key, { ...signIn, refresh: [...signIn.refresh, refreshKey(token)] });
  return token;
}

export function refreshKey(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
