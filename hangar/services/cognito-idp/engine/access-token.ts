// Who an access token belongs to: what users do for themselves is allowed by it.

import { isSignedBy, parsed } from "../../../kernel/json-web-token.ts";
import { notAuthorized, userNotFound } from "../errors.ts";
import { issuerOf, poolOfIssuer } from "../rules/issuer.ts";
import { keyIn, type ClientPlace, type CognitoContext, type SignInRow, type UserRow } from "../store.ts";
import { clientIn, poolAnywhere } from "./find.ts";
import { keySetOf } from "./signing-keys.ts";

export type Authenticated = ClientPlace & {
  readonly user: UserRow;
  readonly signIn: SignInRow;
  readonly scopes: readonly string[];
};

const OWN_SCOPE = "aws.cognito.signin.user.admin";

/** `scope` is what the token must allow; `undefined` leaves that to the caller. */
export async function authenticated(
  context: CognitoContext,
  token: string,
  scope: string | undefined = OWN_SCOPE,
): Promise<Authenticated> {
  const jwt = parsed(token);
  const { iss, exp, token_use: use, scope: granted, event_id: event, client_id: client, sub } = jwt?.claims ?? {};
  const place = poolAnywhere(context, poolOfIssuer(String(iss)) ?? "");
  if (jwt === undefined || place === undefined || use !== "access" || iss !== issuerOf(place.pool))
    throw notAuthorized("Invalid Access Token");
  if (!isSignedBy(jwt, await keySetOf(place))) throw notAuthorized("Could not verify signature for Access Token");
  if (typeof exp !== "number" || exp <= context.clock.seconds()) throw notAuthorized("Access Token has expired");
  const scopes = String(granted).split(" ");
  if (scope !== undefined && !scopes.includes(scope)) throw notAuthorized("Access Token does not have required scopes");
  const { pool, store } = place;
  const owner = store.aliases.get(keyIn(pool, "sub", String(sub)));
  const user = store.users.get(keyIn(pool, owner ?? ""));
  if (owner === undefined || user === undefined) throw userNotFound();
  const signIn = store.signIns.get(keyIn(pool, owner, String(event)));
  if (signIn === undefined || signIn.revoked === true) throw notAuthorized("Access Token has been revoked");
  if (!user.enabled) throw notAuthorized("User is disabled.");
  return { ...clientIn(place, String(client)), user, signIn, scopes };
}
