// Lists the grants a principal may retire. https://docs.aws.amazon.com/kms/latest/APIReference/API_ListRetirableGrants.html

import type { ListRetirableGrantsInput, ListRetirableGrantsOutput } from "../../../../models/kms.d.ts";
import { grantAnswer } from "../../rules/grants.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listRetirableGrants = operation<ListRetirableGrantsInput, ListRetirableGrantsOutput>((input, context) => {
  const { keys, grants } = context.store;
  const all = [...grants.rows()].filter(
    (grant) => grant.retiring !== undefined && grant.retiring === input.RetiringPrincipal,
  );
  const { page, next } = pageOf(all, { ...input, Limit: input.Limit ?? 50 });
  return {
    Grants: page.flatMap((grant) => {
      const key = keys.get(grant.keyId);
      return key === undefined ? [] : [grantAnswer(grant, key)];
    }),
    ...next,
  };
});
