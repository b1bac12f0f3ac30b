// Removes the account's alias. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html

import type { DeleteAccountAliasInput } from "../../../../models/iam.d.ts";
import { noSuchEntity } from "../../errors.ts";
import { accountStore, operation } from "../../store.ts";

export const deleteAccountAlias = operation<DeleteAccountAliasInput, void>((input, context) => {
  const { account } = accountStore(context);
  if (account.get("account")?.alias !== input.AccountAlias)
    throw noSuchEntity(`The account alias ${input.AccountAlias} does not exist.`);
  account.put("account", { ...account.get("account"), alias: undefined });
});
