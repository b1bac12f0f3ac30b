// Lists the identities of a pool. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_ListIdentities.html

import type { ListIdentitiesInput, ListIdentitiesOutput } from "../../../models/cognito-identity.d.ts";
import { findPool } from "../engine/find.ts";
import { identityAnswer } from "../rules/answers.ts";
import { pageOf } from "../rules/pages.ts";
import { key, operation } from "../store.ts";

export const listIdentities = operation<ListIdentitiesInput, ListIdentitiesOutput>((input, context) => {
  const { IdentityPoolId } = input;
  const { store } = findPool(context, IdentityPoolId);
  const prefix = key(IdentityPoolId, "");
  const { rows, next } = pageOf(store.identitiesOfPools, prefix, input);
  const Identities = rows.flatMap(([each]) => {
    const identity = store.identities.get(each.slice(prefix.length));
    return identity === undefined ? [] : [identityAnswer(identity)];
  });
  return { IdentityPoolId, Identities, ...next };
});
