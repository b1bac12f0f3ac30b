// The names a pool's hosted pages stand under.

import type { UserPoolType } from "../../../models/cognito-idp.d.ts";
import { invalidParameter } from "../errors.ts";
import type { CognitoStore, DomainRow, Place } from "../store.ts";

/** Of a pool there are two at most: a prefix and a name of one's own. */
export function poolDomains(store: CognitoStore, pool: string): readonly DomainRow[] {
  return [...store.domains.rows()].filter((domain) => domain.UserPoolId === pool);
}

export function domainIn({ store, pool }: Place, name: string): DomainRow {
  const domain = store.domains.get(name);
  if (domain === undefined || domain.UserPoolId !== pool.id)
    throw invalidParameter("No such domain or user pool exists.");
  return domain;
}

export function domainsOf({ store, pool }: Place): Pick<UserPoolType, "Domain" | "CustomDomain"> {
  const domains = poolDomains(store, pool.id);
  const own = domains.find((domain) => domain.Domain.includes("."));
  const prefix = domains.find((domain) => domain !== own);
  return {
    ...(prefix === undefined ? {} : { Domain: prefix.Domain }),
    ...(own === undefined ? {} : { CustomDomain: own.Domain }),
  };
}
