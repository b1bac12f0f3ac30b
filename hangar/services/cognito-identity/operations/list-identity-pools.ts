// Lists pools. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_ListIdentityPools.html

import type { ListIdentityPoolsInput, ListIdentityPoolsOutput } from "../../../models/cognito-identity.d.ts";
import { pageOf } from "../rules/pages.ts";
import { operation } from "../store.ts";

export const listIdentityPools = operation<ListIdentityPoolsInput, ListIdentityPoolsOutput>((input, { store }) => {
  const { rows, next } = pageOf(store.pools, "", input);
  const IdentityPools = rows.map(([IdentityPoolId, { IdentityPoolName }]) => ({ IdentityPoolId, IdentityPoolName }));
  return { IdentityPools, ...next };
});
