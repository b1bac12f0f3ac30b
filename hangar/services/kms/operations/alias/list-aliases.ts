// Lists aliases, of all keys or of one. https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html

import type { ListAliasesInput, ListAliasesOutput } from "../../../../models/kms.d.ts";
import { aliasesOf, findKey } from "../../rules/find-key.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listAliases = operation<ListAliasesInput, ListAliasesOutput>((input, context) => {
  const { store, region, account } = context;
  const all = input.KeyId === undefined ? [...store.aliases.rows()] : aliasesOf(context, findKey(context, input.KeyId));
  const { page, next } = pageOf(all, { ...input, Limit: input.Limit ?? 50 });
  const Aliases = page.map(({ name, target, created, updated }) => ({
    AliasName: name,
    AliasArn: `arn:aws:kms:${region}:${account}:${name}`,
    TargetKeyId: target,
    CreationDate: new Date(created),
    LastUpdatedDate: new Date(updated),
  }));
  return { Aliases, ...next };
});
