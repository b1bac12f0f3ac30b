// The session that leads from a sign-up to the first sign-in, without asking for a factor again.
// https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-selection-sdk.html

import { notAuthorized } from "../errors.ts";
import { nameKey, type ClientPlace, type UserRow } from "../store.ts";
import { newSession, sessionAt } from "./sessions.ts";

/** Signed up, and confirmed too. */
type Step = "SIGN_UP" | "SIGNED_UP";

/** For clients whose users may choose how they sign in. */
export function signUpSession(place: ClientPlace, user: UserRow, challenge: Step): string | undefined {
  const { settings } = place.client;
  if (settings.ExplicitAuthFlows?.includes("ALLOW_USER_AUTH") !== true) return undefined;
  return newSession(place, { username: user.username, user: nameKey(place.pool, user.username), challenge });
}

export function checkSignUpSession(place: ClientPlace, user: UserRow, handle: string, step: Step): void {
  const row = sessionAt(place, handle, [step]);
  if (row.client !== place.client.id || row.user !== nameKey(place.pool, user.username))
    throw notAuthorized("Invalid session for the user.");
}
