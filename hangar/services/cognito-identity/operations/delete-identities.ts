// Removes identities. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DeleteIdentities.html

import type { DeleteIdentitiesInput, DeleteIdentitiesOutput } from "../../../models/cognito-identity.d.ts";
import { remove } from "../engine/find.ts";
import { operation } from "../store.ts";

export const deleteIdentities = operation<DeleteIdentitiesInput, DeleteIdentitiesOutput>(
  ({ IdentityIdsToDelete }, { store }) => {
    for (const id of IdentityIdsToDelete) {
      const identity = store.identities.get(id);
      const pool = store.pools.get(identity?.pool ?? "");
      if (identity !== undefined && pool !== undefined) remove({ pool, store }, identity);
    }
    return { UnprocessedIdentityIds: [] };
  },
);
