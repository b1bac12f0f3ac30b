// Lists the account's alias, if it has one. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html

import type { ListAccountAliasesInput, ListAccountAliasesOutput } from "../../../../models/iam.d.ts";
import { accountStore, operation } from "../../store.ts";

export const listAccountAliases = operation<ListAccountAliasesInput, ListAccountAliasesOutput>((_input, context) => {
  const alias = accountStore(context).account.get("account")?.alias;
  return { AccountAliases: alias === undefined ? [] : [alias], IsTruncated: false };
});
