// Back to the app with a code or with tokens, for a browser whose user is known.

import type { HttpResponse } from "../../../cloud/service.ts";
import { issue, newSignIn } from "../engine/tokens.ts";
import { keyIn, type BrowserRow } from "../store.ts";
import { back, type Asking } from "./asking.ts";

const CODE_LIFE = 300_000;

export async function granted(asking: Asking, browser: BrowserRow): Promise<HttpResponse> {
  const { place, redirectUri, scopes, type, challenge, nonce } = asking;
  const { pool, store, context, client } = place;
  const user = store.users.get(keyIn(pool, browser.user));
  if (user === undefined || !user.enabled) return back(asking, { error: "login_required" });
  const grant = { scopes, nonce, at: browser.at };
  if (type === "token") {
    const signIn = newSignIn(place, user, grant);
    const {
      AccessToken = "",
      IdToken,
      ExpiresIn,
    } = await issue(place, { user, signIn, source: "TokenGeneration_HostedAuth" });
    const tokens = { access_token: AccessToken, ...(IdToken === undefined ? {} : { id_token: IdToken }) };
    return back(asking, { ...tokens, token_type: "Bearer", expires_in: String(ExpiresIn) });
  }
  const now = context.clock.now();
  for (const [old, row] of store.authorizationCodes.range())
    if (row.expires <= now) store.authorizationCodes.delete(old);
  const code = context.ids.uuid();
  store.authorizationCodes.put(code, {
    pool: pool.id,
    user: browser.user,
    client: client.id,
    redirect: redirectUri,
    ...grant,
    challenge,
    expires: now + CODE_LIFE,
  });
  return back(asking, { code });
}
