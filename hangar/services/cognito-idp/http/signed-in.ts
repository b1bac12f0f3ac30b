// A browser whose user is known: it stays signed in for an hour, and goes back to where the app waits.

import type { HttpResponse } from "../../../cloud/service.ts";
import { forgetOld, newHandle } from "../engine/sessions.ts";
import { nameKey, type UserRow } from "../store.ts";
import type { Asking } from "./asking.ts";
import { granted } from "./granted.ts";
import { cookie, csrfOf, type Hosted } from "./hosted-request.ts";

const HOUR = 3_600_000;

/** With the code at once: whoever walks these pages without a browser reads it from this answer. */
export async function signedIn(hosted: Hosted, asking: Asking, user: UserRow): Promise<HttpResponse> {
  const { pool, store, context } = asking.place;
  const now = context.clock.now();
  forgetOld(store.browsers, now);
  const handle = newHandle(context, now + HOUR);
  const browser = { pool: pool.id, user: nameKey(pool, user.username), at: now, expires: now + HOUR };
  store.browsers.put(handle, browser);
  const answer = await granted(asking, browser);
  const cookies = [cookie(hosted, "session", handle, HOUR / 1000), cookie(hosted, "csrf", csrfOf(hosted))];
  return { ...answer, headers: { ...answer.headers, "set-cookie": cookies } };
}
