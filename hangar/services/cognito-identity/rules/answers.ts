// Pools and identities as the API shows them.

import type { IdentityDescription, IdentityPool } from "../../../models/cognito-identity.d.ts";
import type { IdentityRow, PoolRow } from "../store.ts";

export function poolAnswer({ account: _account, region: _region, tags, ...shown }: PoolRow): IdentityPool {
  return { ...shown, IdentityPoolTags: tags };
}

export function identityAnswer({ id, created, modified, logins }: IdentityRow): IdentityDescription {
  return {
    IdentityId: id,
    ...(logins.length === 0 ? {} : { Logins: [...new Set(logins.map(({ provider }) => provider))] }),
    CreationDate: new Date(created),
    LastModifiedDate: new Date(modified),
  };
}
