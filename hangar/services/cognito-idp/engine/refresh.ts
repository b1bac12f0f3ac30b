// New tokens for a refresh token, which may be replaced by the next one.
// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html

import { notAuthorized, refreshTokenReused } from "../errors.ts";
import { keyIn, type ClientPlace, type RefreshRow, type SignInRow, type UserRow } from "../store.ts";
import { deviceIfAny } from "./devices.ts";
import { checkSecretHash } from "./secret-hash.ts";
import { required, type Answer, type Flow } from "./sign-in.ts";
import { issue, newRefreshToken, refreshKey } from "./tokens.ts";

export type Refreshing = {
  readonly key: string;
  readonly row: RefreshRow;
  readonly signIn: SignInRow;
  readonly user: UserRow;
};

/** Throws for one that is not this client's, is over, was revoked, or came to a confirmed device that is another. */
export function refreshable(place: ClientPlace, token: string, device?: string): Refreshing {
  const { pool, client, store, context } = place;
  const key = refreshKey(token);
  const row = store.refreshTokens.get(key);
  if (row === undefined || row.pool !== pool.id) throw notAuthorized("Invalid Refresh Token");
  const now = context.clock.now();
  if (row.expires <= now) throw notAuthorized("Refresh Token has expired");
  const signIn = store.signIns.get(keyIn(pool, row.user, row.signIn));
  const user = store.users.get(keyIn(pool, row.user));
  if (user === undefined || signIn === undefined || signIn.client !== client.id)
    throw notAuthorized("Invalid Refresh Token");
  if (signIn.revoked === true) throw notAuthorized("Refresh Token has been revoked");
  if (row.graceUntil !== undefined && row.graceUntil < now) throw refreshTokenReused();
  if (!user.enabled) throw notAuthorized("User is disabled.");
  const bound = signIn.device === undefined ? undefined : deviceIfAny(place, user, signIn.device.key);
  if (bound !== undefined && bound.key !== device) throw notAuthorized("Invalid Refresh Token");
  return { key, row, signIn, user };
}

export async function refresh(flow: Flow, parameters: Readonly<Record<string, string>>): Promise<Answer> {
  const found = refreshable(flow, required(parameters, "REFRESH_TOKEN"), flow.device);
  checkSecretHash(flow.client, found.user.username, parameters["SECRET_HASH"]);
  return { ChallengeParameters: {}, AuthenticationResult: await refreshed(flow, found) };
}

export async function refreshed(
  flow: Flow,
  { key, row, signIn, user }: Refreshing,
): Promise<NonNullable<Answer["AuthenticationResult"]>> {
  const { client, store, context } = flow;
  const result = await issue(flow, { user, signIn, source: "TokenGeneration_RefreshTokens", metadata: flow.metadata });
  const rotation = client.settings.RefreshTokenRotation;
  if (rotation?.Feature !== "ENABLED") return result;
  const graceUntil = row.graceUntil ?? context.clock.now() + (rotation.RetryGracePeriodSeconds ?? 0) * 1000;
  store.refreshTokens.put(key, { ...row, graceUntil });
  return { ...result, RefreshToken: newRefreshToken(flow, { ...row, graceUntil: undefined }) };
}
