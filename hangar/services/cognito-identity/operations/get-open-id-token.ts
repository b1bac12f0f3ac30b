// Answers a token that STS takes: the basic flow. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetOpenIdToken.html

import type { GetOpenIdTokenInput, GetOpenIdTokenOutput } from "../../../models/cognito-identity.d.ts";
import { ownToken } from "../engine/own-token.ts";
import { methodsOf, signedIn } from "../engine/sign-in.ts";
import { tagsOfLogins } from "../engine/tags.ts";
import { invalidParameter } from "../errors.ts";
import { operation } from "../store.ts";

const TEN_MINUTES = 600;

export const getOpenIdToken = operation<GetOpenIdTokenInput, GetOpenIdTokenOutput>(
  async ({ IdentityId, Logins }, context) => {
    const place = await signedIn(context, IdentityId, Logins);
    if (place.pool.AllowClassicFlow !== true)
      throw invalidParameter("Basic (classic) flow is not enabled, please use enhanced flow.");
    const said = { amr: methodsOf(place), seconds: TEN_MINUTES, tags: tagsOfLogins(place) };
    return { IdentityId, Token: await ownToken(context, place, said) };
  },
);
