// Removes the rules for passwords. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html

import type { DeleteAccountPasswordPolicyInput } from "../../../../models/iam.d.ts";
import { noSuchEntity } from "../../errors.ts";
import { accountStore, operation } from "../../store.ts";

export const deleteAccountPasswordPolicy = operation<DeleteAccountPasswordPolicyInput, void>((_input, context) => {
  const { account } = accountStore(context);
  if (account.get("account")?.passwordPolicy === undefined)
    throw noSuchEntity(`The Password Policy with domain name ${context.account} cannot be found.`);
  account.put("account", { ...account.get("account"), passwordPolicy: undefined });
});
