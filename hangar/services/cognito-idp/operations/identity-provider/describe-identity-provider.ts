// Shows an external identity provider. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeIdentityProvider.html

import type {
  DescribeIdentityProviderInput,
  DescribeIdentityProviderOutput,
} from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { findProvider } from "../../engine/identity-providers.ts";
import { providerDescription } from "../../rules/identity-provider.ts";
import { operation } from "../../store.ts";

export const describeIdentityProvider = operation<DescribeIdentityProviderInput, DescribeIdentityProviderOutput>(
  (input, context) => {
    const place = findPool(context, input.UserPoolId);
    return { IdentityProvider: providerDescription(place.pool, findProvider(place, input.ProviderName)) };
  },
);
