// Answers a token for a user whom the developer's own provider knows. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetOpenIdTokenForDeveloperIdentity.html

import type {
  GetOpenIdTokenForDeveloperIdentityInput,
  GetOpenIdTokenForDeveloperIdentityOutput,
} from "../../../models/cognito-identity.d.ts";
import { findPool } from "../engine/find.ts";
import { ownToken } from "../engine/own-token.ts";
import { identityOfDeveloper } from "../engine/developer-users.ts";
import { invalidParameter } from "../errors.ts";
import { operation } from "../store.ts";

const QUARTER_HOUR = 900;

export const getOpenIdTokenForDeveloperIdentity = operation<
  GetOpenIdTokenForDeveloperIdentityInput,
  GetOpenIdTokenForDeveloperIdentityOutput
>(async (input, context) => {
  const place = findPool(context, input.IdentityPoolId);
  const { DeveloperProviderName: provider = "" } = place.pool;
  const { [provider]: user, ...others } = input.Logins;
  if (provider === "" || user === undefined)
    throw invalidParameter("Please provide a login for the developer provider of this identity pool.");
  const identity = await identityOfDeveloper(context, place, { id: input.IdentityId, user, others });
  const amr = ["authenticated", provider, `${provider}:${input.IdentityPoolId}:${user}`];
  const said = { amr, seconds: input.TokenDuration ?? QUARTER_HOUR, tags: input.PrincipalTags };
  return { IdentityId: identity.id, Token: await ownToken(context, { ...place, identity }, said) };
});
