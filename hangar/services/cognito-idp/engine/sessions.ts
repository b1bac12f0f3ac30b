// Sign-ins that wait for an answer: each session is good once, and for some minutes.

import { notAuthorized } from "../errors.ts";
import type { ClientPlace, CognitoContext, Place, SessionRow } from "../store.ts";

const HOUR = 3_600_000;
const USED = "USED";

/** Its time stands in front, so that old ones are found together. */
export function newHandle(context: CognitoContext, expires: number): string {
  return `${String(expires).padStart(14, "0")}${Buffer.from(context.ids.bytes(48)).toString("base64url")}`;
}

/** Removes what is long over. */
export function forgetOld(table: Place["store"]["sessions" | "browsers" | "visits"], now: number): void {
  for (const key of table.keys({ to: String(now - HOUR).padStart(14, "0") })) table.delete(key);
}

export type NewSession = Omit<SessionRow, "pool" | "client" | "expires">;

export function newSession({ pool, client, store, context }: ClientPlace, row: NewSession): string {
  const now = context.clock.now();
  forgetOld(store.sessions, now);
  const expires = now + (client.settings.AuthSessionValidity ?? 3) * 60_000;
  const handle = newHandle(context, expires);
  store.sessions.put(handle, { ...row, pool: pool.id, client: client.id, expires });
  return handle;
}

/** What the session waits for must be what is answered. */
export function sessionAt(place: Place, handle: string | undefined, challenges: readonly string[]): SessionRow {
  const row = handle === undefined ? undefined : place.store.sessions.get(handle);
  if (row === undefined || row.pool !== place.pool.id) throw notAuthorized("Invalid session for the user.");
  if (row.challenge === USED) throw notAuthorized("Invalid session for the user, session can only be used once.");
  if (row.expires <= place.context.clock.now())
    throw notAuthorized("Invalid session for the user, session is expired.");
  if (!challenges.includes(row.challenge)) throw notAuthorized("Invalid session for the user.");
  return row;
}

export function changeSession({ store }: Place, handle: string, row: SessionRow): void {
  store.sessions.put(handle, row);
}

/** Amplify shows a device in the session of the factor that it proved before. */
export function leadOn({ store }: Place, handle: string, next: string): void {
  const row = store.sessions.get(handle);
  if (row !== undefined) store.sessions.put(handle, { ...row, next });
}

export function ledTo({ store }: Place, handle: string): string {
  return store.sessions.get(handle)?.next ?? handle;
}

export function endSession({ store }: Place, handle: string): void {
  const row = store.sessions.get(handle);
  if (row === undefined) return;
  const { pool, client, username, expires } = row;
  store.sessions.put(handle, { pool, client, username, expires, challenge: USED });
}
