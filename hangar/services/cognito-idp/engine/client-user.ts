// The user that an app names without a token, where it may know whether there is one.

import { userNotFound } from "../errors.ts";
import type { CognitoContext, ClientPlace, UserRow } from "../store.ts";
import { findClient, userIfAny } from "./find.ts";
import { checkSecretHash } from "./secret-hash.ts";
import { hidesUsers } from "./sign-in.ts";

export type Named = { readonly ClientId: string; readonly Username: string; readonly SecretHash?: string | undefined };

export type NamedUser = ClientPlace & { readonly user: UserRow | undefined };

/** Without a user only where the client hides that there is none. */
export function namedUser(context: CognitoContext, { ClientId, Username, SecretHash }: Named): NamedUser {
  const place = findClient(context, ClientId);
  checkSecretHash(place.client, Username, SecretHash);
  const user = userIfAny(place, Username);
  if (user === undefined && !hidesUsers(place)) throw userNotFound("Username/client id combination not found.");
  return { ...place, user };
}
