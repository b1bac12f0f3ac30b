// Lists the grants of a key. https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html

import type { ListGrantsInput, ListGrantsOutput } from "../../../../models/kms.d.ts";
import { invalidGrantId } from "../../errors.ts";
import { findKey } from "../../rules/find-key.ts";
import { grantAnswer, grantsOf } from "../../rules/grants.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listGrants = operation<ListGrantsInput, ListGrantsOutput>((input, context) => {
  const key = findKey(context, input.KeyId);
  const { GrantId, GranteePrincipal } = input;
  const all = grantsOf(context, key).filter(
    (grant) =>
      (GrantId === undefined || grant.id === GrantId) &&
      (GranteePrincipal === undefined || grant.grantee === GranteePrincipal),
  );
  if (GrantId !== undefined && all.length === 0) throw invalidGrantId();
  const { page, next } = pageOf(all, { ...input, Limit: input.Limit ?? 50 });
  return { Grants: page.map((grant) => grantAnswer(grant, key)), ...next };
});
