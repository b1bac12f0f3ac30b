// Shows the external identity provider that an identifier stands for. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetIdentityProviderByIdentifier.html

import type {
  GetIdentityProviderByIdentifierInput,
  GetIdentityProviderByIdentifierOutput,
} from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { providerBy } from "../../engine/identity-providers.ts";
import { notFound } from "../../errors.ts";
import { providerDescription } from "../../rules/identity-provider.ts";
import { operation } from "../../store.ts";

export const getIdentityProviderByIdentifier = operation<
  GetIdentityProviderByIdentifierInput,
  GetIdentityProviderByIdentifierOutput
>((input, context) => {
  const place = findPool(context, input.UserPoolId);
  const row = providerBy(place, input.IdpIdentifier);
  if (row === undefined) throw notFound(`Identity provider ${input.IdpIdentifier} does not exist.`);
  return { IdentityProvider: providerDescription(place.pool, row) };
});
