// Removes a pool with its identities. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DeleteIdentityPool.html

import type { DeleteIdentityPoolInput, DeleteIdentityPoolOutput } from "../../../models/cognito-identity.d.ts";
import { findPool, remove } from "../engine/find.ts";
import { key, operation } from "../store.ts";

export const deleteIdentityPool = operation<DeleteIdentityPoolInput, DeleteIdentityPoolOutput>(
  ({ IdentityPoolId }, context) => {
    const place = findPool(context, IdentityPoolId);
    const { store } = place;
    const prefix = key(IdentityPoolId, "");
    for (const each of Array.from(store.identitiesOfPools.keys({ prefix }))) {
      const identity = store.identities.get(each.slice(prefix.length));
      if (identity !== undefined) remove(place, identity);
    }
    for (const each of Array.from(store.tagMaps.keys({ prefix }))) store.tagMaps.delete(each);
    store.roles.delete(IdentityPoolId);
    store.pools.delete(IdentityPoolId);
    return {};
  },
);
