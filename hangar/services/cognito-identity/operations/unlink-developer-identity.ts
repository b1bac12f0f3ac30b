// Takes a developer's user off an identity. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_UnlinkDeveloperIdentity.html

import type {
  UnlinkDeveloperIdentityInput,
  UnlinkDeveloperIdentityOutput,
} from "../../../models/cognito-identity.d.ts";
import { findPool, put } from "../engine/find.ts";
import { userOf } from "../engine/developer-users.ts";
import { identityNotFound } from "../errors.ts";
import { operation } from "../store.ts";

export const unlinkDeveloperIdentity = operation<UnlinkDeveloperIdentityInput, UnlinkDeveloperIdentityOutput>(
  (input, context) => {
    const place = findPool(context, input.IdentityPoolId);
    const { DeveloperProviderName: provider, DeveloperUserIdentifier: user } = input;
    const identity = userOf(place, provider, user);
    if (identity.id !== input.IdentityId) throw identityNotFound(input.IdentityId);
    const logins = identity.logins.filter((login) => login.provider !== provider || login.subject !== user);
    put(place, { ...identity, logins, modified: context.clock.now() });
    return {};
  },
);
