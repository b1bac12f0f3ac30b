// Gives a pool an external identity provider. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html

import type { CreateIdentityProviderInput, CreateIdentityProviderOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { providerIfAny, saveProvider } from "../../engine/identity-providers.ts";
import { duplicateProvider } from "../../errors.ts";
import { checkedProvider, providerDescription } from "../../rules/identity-provider.ts";
import { operation } from "../../store.ts";

export const createIdentityProvider = operation<CreateIdentityProviderInput, CreateIdentityProviderOutput>(
  (input, context) => {
    const place = findPool(context, input.UserPoolId);
    const named = { name: input.ProviderName, type: input.ProviderType };
    const settings = checkedProvider(place.pool, named, input);
    if (providerIfAny(place, named.name) !== undefined)
      throw duplicateProvider(`A provider already exists with the name ${named.name}.`);
    const now = context.clock.now();
    const row = { ...named, ...settings, created: now, modified: now };
    saveProvider(place, row);
    return { IdentityProvider: providerDescription(place.pool, row) };
  },
);
