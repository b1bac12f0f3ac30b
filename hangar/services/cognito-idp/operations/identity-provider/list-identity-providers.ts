// Lists a pool's external identity providers. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListIdentityProviders.html

import type { ListIdentityProvidersInput, ListIdentityProvidersOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { pageOf, withNext } from "../../rules/pages.ts";
import { keyIn, operation } from "../../store.ts";

export const listIdentityProviders = operation<ListIdentityProvidersInput, ListIdentityProvidersOutput>(
  ({ UserPoolId, MaxResults = 60, NextToken }, context) => {
    const { pool, store } = findPool(context, UserPoolId);
    const asked = { prefix: keyIn(pool, ""), most: MaxResults, token: NextToken };
    const { rows, next } = pageOf(store.identityProviders, asked);
    const Providers = rows.map(({ name, type, created, modified }) => ({
      ProviderName: name,
      ProviderType: type,
      LastModifiedDate: new Date(modified),
      CreationDate: new Date(created),
    }));
    return { Providers, ...withNext("NextToken", next) };
  },
);
