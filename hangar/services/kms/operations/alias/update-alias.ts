// Has an alias stand for another key. https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateAlias.html

import type { UpdateAliasInput } from "../../../../models/kms.d.ts";
import { notFound } from "../../errors.ts";
import { checkNotPending, ownKey } from "../../rules/find-key.ts";
import { operation } from "../../store.ts";

export const updateAlias = operation<UpdateAliasInput, void>((input, context) => {
  const alias = context.store.aliases.get(input.AliasName);
  if (alias === undefined)
    throw notFound(`Alias arn:aws:kms:${context.region}:${context.account}:${input.AliasName} is not found.`);
  const key = ownKey(context, input.TargetKeyId);
  checkNotPending(key);
  context.store.aliases.put(alias.name, { ...alias, target: key.id, updated: context.clock.now() });
});
