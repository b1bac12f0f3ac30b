// Takes an external identity provider from a pool; its users stay. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteIdentityProvider.html

import type { DeleteIdentityProviderInput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { findProvider } from "../../engine/identity-providers.ts";
import { keyIn, operation } from "../../store.ts";

export const deleteIdentityProvider = operation<DeleteIdentityProviderInput, Record<string, never>>(
  (input, context) => {
    const place = findPool(context, input.UserPoolId);
    place.store.identityProviders.delete(keyIn(place.pool, findProvider(place, input.ProviderName).name));
    return {};
  },
);
