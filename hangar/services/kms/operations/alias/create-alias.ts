// Gives a key an alias. https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html

import type { CreateAliasInput } from "../../../../models/kms.d.ts";
import { alreadyExists, notAuthorized } from "../../errors.ts";
import { checkAliasName, checkNotPending, ownKey } from "../../rules/find-key.ts";
import { operation } from "../../store.ts";

export const createAlias = operation<CreateAliasInput, void>((input, context) => {
  const { AliasName, TargetKeyId } = input;
  checkAliasName(AliasName);
  if (AliasName.startsWith("alias/aws/")) throw notAuthorized();
  const key = ownKey(context, TargetKeyId);
  checkNotPending(key);
  const { aliases } = context.store;
  if (aliases.has(AliasName))
    throw alreadyExists(
      `An alias with the name arn:aws:kms:${context.region}:${context.account}:${AliasName} already exists`,
    );
  const now = context.clock.now();
  aliases.put(AliasName, { name: AliasName, target: key.id, created: now, updated: now });
});
