// Takes logins off an identity. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_UnlinkIdentity.html

import type { UnlinkIdentityInput, UnlinkIdentityOutput } from "../../../models/cognito-identity.d.ts";
import { put } from "../engine/find.ts";
import { signedIn } from "../engine/sign-in.ts";
import { operation } from "../store.ts";

export const unlinkIdentity = operation<UnlinkIdentityInput, UnlinkIdentityOutput>(
  async ({ IdentityId, Logins, LoginsToRemove }, context) => {
    const place = await signedIn(context, IdentityId, Logins);
    const logins = place.identity.logins.filter(({ provider }) => !LoginsToRemove.includes(provider));
    put(place, { ...place.identity, logins, modified: context.clock.now() });
    return {};
  },
);
