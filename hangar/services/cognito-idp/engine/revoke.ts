// Ends sign-ins: their refresh tokens are worth nothing, their access tokens nothing to Cognito.

import { parsed } from "../../../kernel/json-web-token.ts";
import { unsupportedOperation, unsupportedToken } from "../errors.ts";
import { keyIn, nameKey, type ClientPlace, type Place, type UserRow } from "../store.ts";
import { refreshKey } from "./tokens.ts";

/** Of another client's token and of one that nobody knows AWS says nothing. */
export function revokeByToken({ pool, store, client }: ClientPlace, token: string): void {
  if (client.settings.EnableTokenRevocation === false)
    throw unsupportedOperation("Revoking tokens is not enabled for this client.");
  if (parsed(token) !== undefined) throw unsupportedToken("Unsupported token type");
  const row = store.refreshTokens.get(refreshKey(token));
  const key = row === undefined ? "" : keyIn(pool, row.user, row.signIn);
  const signIn = store.signIns.get(key);
  if (signIn !== undefined && signIn.client === client.id) store.signIns.put(key, { ...signIn, revoked: true });
}

export function signOutEverywhere({ pool, store }: Place, user: UserRow): void {
  const prefix = keyIn(pool, nameKey(pool, user.username), "");
  for (const [key, signIn] of store.signIns.range({ prefix })) store.signIns.put(key, { ...signIn, revoked: true });
}
