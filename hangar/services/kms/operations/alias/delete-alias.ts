// Deletes an alias. https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteAlias.html

import type { DeleteAliasInput } from "../../../../models/kms.d.ts";
import { notFound } from "../../errors.ts";
import { operation } from "../../store.ts";

export const deleteAlias = operation<DeleteAliasInput, void>((input, context) => {
  if (context.store.aliases.delete(input.AliasName) === undefined)
    throw notFound(`Alias arn:aws:kms:${context.region}:${context.account}:${input.AliasName} is not found.`);
});
