// The session in which a user sets up a second factor before they may sign in.

import { invalidParameter, notAuthorized } from "../errors.ts";
import type { CognitoContext, Place, SessionRow } from "../store.ts";
import { storesOf } from "./find.ts";
import { sessionAt } from "./sessions.ts";

export function setUpAt(
  context: CognitoContext,
  handle: string | undefined,
): { readonly place: Place; readonly handle: string; readonly session: SessionRow } {
  if (handle === undefined) throw invalidParameter("Either AccessToken or Session is required.");
  for (const store of storesOf(context)) {
    const pool = store.pools.get(store.sessions.get(handle)?.pool ?? "");
    if (pool === undefined) continue;
    const place = { pool, store, context };
    return { place, handle, session: sessionAt(place, handle, ["MFA_SETUP"]) };
  }
  throw notAuthorized("Invalid session for the user.");
}
