// Gives the account an alias. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html

import type { CreateAccountAliasInput } from "../../../../models/iam.d.ts";
import { entityAlreadyExists } from "../../errors.ts";
import { accountStore, operation } from "../../store.ts";

export const createAccountAlias = operation<CreateAccountAliasInput, void>((input, context) => {
  for (const { account } of context.places()) {
    const other = accountStore(context, account).account.get("account");
    if (other?.alias === input.AccountAlias && account !== context.account)
      throw entityAlreadyExists(`The account alias ${input.AccountAlias} already exists.`);
  }
  const { account } = accountStore(context);
  account.put("account", { ...account.get("account"), alias: input.AccountAlias });
});
