// A browser whose user is known: it stays signed in for an hour, and goes on to where the app waits.

import type { HttpResponse } from "../../../cloud/service.ts";
import { forgetOld, newHandle } from "../engine/sessions.ts";
import { nameKey, type ClientPlace, type UserRow } from "../store.ts";
import { cookie, csrfOf, redirect, type Hosted } from "./hosted-request.ts";

const HOUR = 3_600_000;

export function signedIn(hosted: Hosted, { pool, store, context }: ClientPlace, user: UserRow): HttpResponse {
  const now = context.clock.now();
  forgetOld(store.browsers, now);
  const handle = newHandle(context, now + HOUR);
  store.browsers.put(handle, { pool: pool.id, user: nameKey(pool, user.username), at: now, expires: now + HOUR });
  const query = new URLSearchParams(hosted.query);
  query.delete("prompt");
  return redirect(`/oauth2/authorize?${query.toString()}`, [
    cookie(hosted, "session", handle, HOUR / 1000),
    cookie(hosted, "csrf", csrfOf(hosted)),
  ]);
}
