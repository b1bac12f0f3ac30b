// Takes a grant back. https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html

import type { RevokeGrantInput } from "../../../../models/kms.d.ts";
import { dryRun, notFound } from "../../errors.ts";
import { findKey } from "../../rules/find-key.ts";
import { grantsOf, removeGrant } from "../../rules/grants.ts";
import { operation } from "../../store.ts";

export const revokeGrant = operation<RevokeGrantInput, void>((input, context) => {
  const key = findKey(context, input.KeyId);
  if (!grantsOf(context, key).some((grant) => grant.id === input.GrantId))
    throw notFound(`Grant ID ${input.GrantId} not found`);
  if (input.DryRun === true) throw dryRun();
  removeGrant(context, key, input.GrantId);
});
