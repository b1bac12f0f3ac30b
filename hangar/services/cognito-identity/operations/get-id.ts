// Answers the identity that logins stand for, a new one where there is none. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetId.html

import type { GetIdInput, GetIdOutput } from "../../../models/cognito-identity.d.ts";
import { poolAnywhere } from "../engine/find.ts";
import { goodLogins, OWN } from "../engine/logins.ts";
import { identityFor, unauthenticatedRefused } from "../engine/sign-in.ts";
import { operation } from "../store.ts";

export const getId = operation<GetIdInput, GetIdOutput>(async ({ IdentityPoolId, Logins }, context) => {
  const place = poolAnywhere(context, IdentityPoolId);
  const logins = await goodLogins(context, place.pool, Logins);
  if (logins.length === 0 && !place.pool.AllowUnauthenticatedIdentities) throw unauthenticatedRefused();
  const own = logins.find(({ provider }) => provider === OWN);
  if (own !== undefined) return { IdentityId: own.subject };
  const plain = logins.map(({ provider, subject }) => ({ provider, subject }));
  return { IdentityId: identityFor(context, place, plain).id };
});
