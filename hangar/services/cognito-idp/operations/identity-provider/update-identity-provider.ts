// Changes an external identity provider: what is not named stays. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateIdentityProvider.html

import type { UpdateIdentityProviderInput, UpdateIdentityProviderOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { findProvider, saveProvider } from "../../engine/identity-providers.ts";
import { checkedProvider, providerDescription } from "../../rules/identity-provider.ts";
import { operation } from "../../store.ts";

export const updateIdentityProvider = operation<UpdateIdentityProviderInput, UpdateIdentityProviderOutput>(
  (input, context) => {
    const place = findPool(context, input.UserPoolId);
    const before = findProvider(place, input.ProviderName);
    const settings = checkedProvider(place.pool, before, {
      ProviderDetails: { ...before.details, ...input.ProviderDetails },
      AttributeMapping: input.AttributeMapping ?? before.mapping,
      IdpIdentifiers: input.IdpIdentifiers ?? before.identifiers,
      AcrMapping: input.AcrMapping,
    });
    const row = { ...before, ...settings, modified: context.clock.now() };
    saveProvider(place, row);
    return { IdentityProvider: providerDescription(place.pool, row) };
  },
);
